#include <catch2/catch.hpp>

#include <limits>

#include "emit/nix_text/nix_string.h"
#include "emit/nix_text/nix_writer.h"

using hlab::emit::LineSource;
using hlab::emit::LineSources;
using hlab::emit::NixExpr;
using hlab::emit::write_nix;

namespace {

std::string text_of(const NixExpr& expr) { return write_nix("", expr); }

std::string value_of(const NixExpr& expr) {
  std::string text = text_of(expr);
  text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("nix strings escape what Nix would read", "[nix]") {
  CHECK(value_of(NixExpr::string("plain")) == R"("plain")");
  CHECK(value_of(NixExpr::string("a\"b\\c")) == R"("a\"b\\c")");
  CHECK(value_of(NixExpr::string("a\nb\rc\td")) == R"("a\nb\rc\td")");
  CHECK(value_of(NixExpr::string("${x} $x $")) == R"("\${x} $x \$")");
  CHECK(value_of(NixExpr::string("$${x}")) == R"("$\${x}")");
  CHECK_FALSE(hlab::emit::representable_in_nix(std::string("a\0b", 3)));
}

TEST_CASE("nix scripts are indented strings where these keep the text", "[nix]") {
  NixExpr set = NixExpr::attrs();
  set.set("preStart", NixExpr::script("for x in $(seq 3); do\n  echo \"${x}\"\ndone\n"));
  set.set("b", NixExpr::script("it''s '${x}\n\nlast'"));
  CHECK(text_of(set) == R"({
  preStart = ''
    for x in $(seq 3); do
      echo "''${x}"
    done
  '';
  b = ''
    it'''s ''\'''${x}

    last''\''';
}
)");
  CHECK(value_of(NixExpr::script("one line")) == R"("one line")");
  CHECK(value_of(NixExpr::script("  all\n  indented\n")) == R"("  all\n  indented\n")");
  CHECK(value_of(NixExpr::script("a\r\nb\n")) == R"("a\r\nb\n")");
  CHECK(value_of(NixExpr::script("ends in spaces\n  ")) == R"("ends in spaces\n  ")");
}

TEST_CASE("nix names are quoted unless they are identifiers", "[nix]") {
  NixExpr set = NixExpr::attrs();
  set.set({"etc", "rancher/k3s.yaml", "mode"}, NixExpr::string("0600"));
  set.set("k3s-token", NixExpr::integer(1));
  set.set("with", NixExpr::integer(2));
  set.set("or", NixExpr::integer(3));
  set.set("4th", NixExpr::integer(4));
  set.set("", NixExpr::integer(5));
  set.set("a${b}", NixExpr::integer(6));
  CHECK(text_of(set) == R"({
  etc."rancher/k3s.yaml".mode = "0600";
  k3s-token = 1;
  "with" = 2;
  "or" = 3;
  "4th" = 4;
  "" = 5;
  "a\${b}" = 6;
}
)");
  const NixExpr path = NixExpr::name({"config", "sops", "secrets", "s3/key", "path"});
  CHECK(value_of(path) == R"(config.sops.secrets."s3/key".path)");
}

TEST_CASE("nix lists keep their items apart", "[nix]") {
  CHECK(value_of(NixExpr::list()) == "[ ]");
  CHECK(value_of(NixExpr::list({NixExpr::string("a")})) == R"([ "a" ])");
  CHECK(value_of(NixExpr::list({NixExpr::integer(-1)})) == "[ (-1) ]");
  CHECK(value_of(NixExpr::list({NixExpr::path("./a b")})) == R"([ (./. + "/a b") ])");
  const NixExpr call = NixExpr::apply(NixExpr::name({"lib", "mkDefault"}),
                                      {NixExpr::boolean(false)});
  CHECK(value_of(NixExpr::list({call})) == "[ (lib.mkDefault false) ]");
  CHECK(value_of(NixExpr::strings({"a", "b"})) == "[\n  \"a\"\n  \"b\"\n]");

  NixExpr ports = NixExpr::list();
  ports.add(NixExpr::integer(6443)).about("cluster.home: API");
  NixExpr address = NixExpr::attrs();
  address.set("prefixLength", NixExpr::integer(24));
  ports.add(address);
  CHECK(value_of(ports) == "[\n  6443 # cluster.home: API\n  {\n    prefixLength = 24;\n  }\n]");
}

TEST_CASE("nix paths are literals where they can be", "[nix]") {
  CHECK(value_of(NixExpr::path("../../modules/base.nix")) == "../../modules/base.nix");
  CHECK(value_of(NixExpr::path("./a b.nix")) == R"(./. + "/a b.nix")");
  CHECK(value_of(NixExpr::path("../../x@y")) == R"(../../. + "/x@y")");
  CHECK(value_of(NixExpr::path("./dir/")) == R"(./. + "/dir/")");
}

TEST_CASE("nix numbers at the edges", "[nix]") {
  CHECK(value_of(NixExpr::integer(std::numeric_limits<std::int64_t>::max())) ==
        "9223372036854775807");
  CHECK(value_of(NixExpr::integer(std::numeric_limits<std::int64_t>::min())) ==
        "-9223372036854775807 - 1");
}

TEST_CASE("nix templates join text and expressions", "[nix]") {
  const NixExpr joined = NixExpr::join({NixExpr::string("iqn:$"),
                                        NixExpr::name({"config", "networking", "hostName"}),
                                        NixExpr::string("{\"}")});
  CHECK(value_of(joined) == R"("iqn:\$${config.networking.hostName}{\"}")");
}

TEST_CASE("nix comments stay comments", "[nix]") {
  NixExpr set = NixExpr::attrs();
  set.set("a", NixExpr::integer(1))
      .about(
          "one\ntwo\r; evil = true\n\n\xE2\x80\xAE"
          "end");
  set.set("b", NixExpr::integer(2)).after_gap();
  CHECK(write_nix("Header.", set) ==
        "# Header.\n{\n  # one\n  # two ; evil = true\n  #\n  # ?end\n  a = 1;\n\n  b = 2;\n}\n");
}

TEST_CASE("nix modules look as if the formatter wrote them", "[nix]") {
  NixExpr body = NixExpr::attrs();
  const NixExpr hardware = NixExpr::path("./hardware-configuration.nix");
  NixExpr imports = NixExpr::concat({NixExpr::list(
      {NixExpr::path("../../modules/base.nix"), NixExpr::path("../../modules/k3s.nix")})});
  imports
      .add(NixExpr::apply(
          NixExpr::name({"lib", "optional"}),
          {NixExpr::apply(NixExpr::name({"builtins", "pathExists"}), {hardware}), hardware}))
      .about("The machine's own.");
  body.set("imports", std::move(imports));
  body.set({"time", "timeZone"}, NixExpr::string("UTC")).after_gap();
  body.set("empty", NixExpr::attrs());
  CHECK(write_nix("Generated.", NixExpr::function({"lib"}, body)) == R"(# Generated.
{ lib, ... }:
{
  imports = [
    ../../modules/base.nix
    ../../modules/k3s.nix
  ]
  # The machine's own.
  ++ lib.optional (builtins.pathExists ./hardware-configuration.nix) ./hardware-configuration.nix;

  time.timeZone = "UTC";
  empty = { };
}
)");
}

TEST_CASE("nix functions and applications nest", "[nix]") {
  NixExpr system = NixExpr::attrs();
  system.set("modules", NixExpr::list({NixExpr::path("./hosts/one")}));
  NixExpr outputs = NixExpr::attrs();
  outputs.set({"nixosConfigurations", "one"},
              NixExpr::apply(NixExpr::name({"nixpkgs", "lib", "nixosSystem"}), {system}));
  NixExpr flake = NixExpr::attrs();
  flake.set("outputs", NixExpr::function({"nixpkgs"}, outputs));
  CHECK(text_of(flake) == R"({
  outputs =
    { nixpkgs, ... }:
    {
      nixosConfigurations.one = nixpkgs.lib.nixosSystem {
        modules = [ ./hosts/one ];
      };
    };
}
)");
  const std::vector<std::string> many(12, "argument_name");
  const std::string text = text_of(NixExpr::function(many, NixExpr::attrs()));
  CHECK(text.substr(0, 20) == "{\n  argument_name,\n ");
  CHECK(text.find("\n  ...\n}:\n{ }\n") != std::string::npos);
}

TEST_CASE("nix marks say on which line a value of the lab stands", "[nix]") {
  const hlab::emit::Origin first = 7;
  const hlab::emit::Origin second = 9;
  NixExpr set = NixExpr::attrs();
  set.set("script", NixExpr::script("a\nb\n"));
  set.set("x", NixExpr::string("v").from(first));
  set.set("y", NixExpr::list({NixExpr::integer(1), NixExpr::integer(2).from(second)}));
  LineSources lines;
  static_cast<void>(write_nix("One.\nTwo.", set, &lines));
  LineSources known;
  for (const LineSource& line : lines) {
    if (line.own) known.push_back(line);
  }
  REQUIRE(known.size() == 2);
  CHECK(known[0].line == 8);
  CHECK(known[0].path == "x");
  CHECK(known[0].origins == std::vector{first});
  CHECK(known[1].line == 11);
  CHECK(known[1].path == "y");
  CHECK(known[1].origins == std::vector{second});
}
