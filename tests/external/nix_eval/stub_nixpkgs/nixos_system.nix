# Evaluates the modules of one machine and returns what they assign:
#   options  list of { path, value }, one for each leaf, paths as lists of names
#   missing  files that a value names and that are not there
#   failed   messages of assertions that do not hold
# Nothing is declared here: whether an option exists is compared with a table by the caller.
{ modules, system ? null, specialArgs ? { } }:
let
  lib = import ./lib.nix;
  pkgs = import ./packages.nix;
  merge = import ./merge.nix;

  # The definitions of a module and of all it imports, each with the file that it comes from.
  load = module:
    let
      isFile = builtins.isPath module || builtins.isString module;
      loaded = if isFile then import module else module;
      body = if builtins.isFunction loaded then loaded (arguments loaded) else loaded;
      own = body.config or (builtins.removeAttrs body [ "imports" "_file" "options" ]);
      key = if isFile then toString module else null;
    in
    builtins.concatMap load (body.imports or [ ]) ++ [ { inherit key own; } ];

  # A module gets what it asks for; asking for something unknown is an error, as in NixOS.
  available = { inherit config lib pkgs; modulesPath = "/modules"; } // specialArgs;
  arguments = function: available // builtins.mapAttrs
    (name: hasDefault: available.${name} or (throw "a module asks for unknown argument ${name}"))
    (builtins.functionArgs function);

  # Each file once, however often it is imported.
  once = builtins.foldl'
    (seen: m: if m.key != null && builtins.any (s: s.key == m.key) seen then seen else seen ++ [ m ])
    [ ];
  assigned = merge (map (m: m.own) (once (builtins.concatMap load modules)));

  # What a real module would add and emitted modules read back.
  config = assigned // {
    services = assigned.services or { } // {
      tailscale = { package = pkgs.tailscale; } // (assigned.services.tailscale or { });
    };
    sops = assigned.sops or { } // {
      secrets = builtins.mapAttrs (name: secret: { path = "/run/secrets/${name}"; } // secret)
        (assigned.sops.secrets or { });
    };
  };

  isLeaf = value: !(builtins.isAttrs value) || value ? _type || value == { };
  flatten = path: value:
    if isLeaf value then [ { inherit path; value = plain value; } ]
    else builtins.concatMap (name: flatten (path ++ [ name ]) value.${name}) (builtins.attrNames value);

  plain = value:
    if builtins.isPath value then { file = toString value; }
    else if builtins.isList value then map plain value
    else if builtins.isAttrs value then
      (if value ? _type then { package = value.name; } else builtins.mapAttrs (_: plain) value)
    else if builtins.isFunction value then throw "a function was assigned to an option"
    else value;

  paths = value:
    if builtins.isPath value then [ value ]
    else if builtins.isList value then builtins.concatMap paths value
    else if builtins.isAttrs value then builtins.concatMap paths (builtins.attrValues value)
    else [ ];
in
{
  options = flatten [ ] (builtins.removeAttrs assigned [ "assertions" "warnings" ]);
  missing = map toString (builtins.filter (p: !(builtins.pathExists p)) (paths assigned));
  failed = map (a: a.message) (builtins.filter (a: !a.assertion) (assigned.assertions or [ ]));
}
