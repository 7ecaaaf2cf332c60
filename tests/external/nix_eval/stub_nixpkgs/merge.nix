# Merges the definitions of several modules as the module system does it for the types that occur
# here: sets by name, lists by concatenation, `lines` by newline, everything else must agree.
let
  tag = value: if builtins.isAttrs value then value._type or "" else "";

  # mkIf and mkMerge, unfolded; each definition becomes a list of plain ones.
  unfold = value:
    if tag value == "if" then (if value.condition then unfold value.content else [ ])
    else if tag value == "merge" then builtins.concatMap unfold value.contents
    else [ value ];

  priority = value: if tag value == "override" then value.priority else 100;
  content = value: if tag value == "override" then value.content else value;

  # Only the definitions of the strongest priority count.
  strongest = values:
    let best = builtins.foldl' (a: v: if priority v < a then priority v else a) 9999 values;
    in map content (builtins.filter (v: priority v == best) values);

  isTree = value: builtins.isAttrs value && tag value == "";
  isScriptPart = path: builtins.elem (builtins.elemAt path (builtins.length path - 1))
    [ "preStart" "postStart" "script" "extraConfig" "extraHosts" ];

  scalar = path: values:
    let first = builtins.head values;
    in
    if builtins.all builtins.isList values then builtins.concatLists values
    else if builtins.all (v: v == first) values then first
    else if isScriptPart path then builtins.concatStringsSep "\n" values
    else throw "conflicting definitions of ${builtins.concatStringsSep "." path}";

  merge = path: definitions:
    let values = strongest (builtins.concatMap unfold definitions);
    in
    if values != [ ] && builtins.all isTree values
    then builtins.zipAttrsWith (name: merge (path ++ [ name ])) values
    else scalar path values;
in
merge [ ]
