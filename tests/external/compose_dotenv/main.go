// Reads a dotenv file as Docker Compose does and prints its variables as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/dotenv"
)

func main() {
	values, err := dotenv.ReadWithLookup(func(string) (string, bool) { return "", false }, os.Args[1:]...)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(values)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
