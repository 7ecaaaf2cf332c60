// Reads HuJSON from the standard input as Tailscale does, and writes it as plain JSON.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/tailscale/hujson"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err == nil {
		text, err = hujson.Standardize(text)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(text)
}
