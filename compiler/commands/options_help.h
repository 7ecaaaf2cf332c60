// The prose of `--help`, apart from the declarations that it belongs to.
#pragma once

namespace hlab::commands::help {

inline constexpr const char* kIntroduction =
    "hlab compiles a description of a homelab (.hlab files) to the repository that runs it.\n"
    "A lab is a folder of .hlab files; without LAB, commands take the current folder.";

inline constexpr const char* kFooter =
    "Start here:\n"
    "  hlab check my-lab                  what is wrong, with the place and a mend\n"
    "  hlab build my-lab --out gitops     the whole repository\n"
    "  hlab explain HL0002                what a diagnostic means\n"
    "\n"
    "Exit status: 0 fine (warnings too), 1 the lab has errors, 2 wrong use, 3 a file cannot be read or\n"
    "written or there is no lab, 4 refused to overwrite what hlab does not own, 5 there is no such way\n"
    "(graph --reach), 70 a fault of hlab.\n"
    "Results go to standard output, everything else to standard error.";

inline constexpr const char* kCheck =
    "Reads the whole lab and reports all errors and warnings at once, those of its outputs too, which it\n"
    "makes in memory. Writes nothing without --fix.\n"
    "\n"
    "--fix changes the .hlab files where a diagnostic offers one fix and is certain of it: a name with one\n"
    "near name, a field's new name, quotes too many or too few, the next free address instead of a second\n"
    "holder's, an `allow` that waives nothing. Where there is a choice nothing is changed. Each fix is told\n"
    "(`FILE:LINE:COLUMN: CODE: what was done`), the lab is checked again until no fix is left, and what\n"
    "remains is reported as usual. Files that changed meanwhile are left alone, with status 4.\n"
    "\n"
    "Examples:\n"
    "  hlab check\n"
    "  hlab check --fix --dry-run         the fixes as a patch\n"
    "  hlab check my-lab --fix\n"
    "  hlab check my-lab --locked         in CI: hlab.lock must be up to date\n"
    "  hlab check my-lab --format json    one object, for editors and scripts\n"
    "  hlab check my-lab --format github  beside the lines of a pull request (also sarif)";

inline constexpr const char* kBuild =
    "Nothing is written while the lab has errors. Files that are already right are not touched; files\n"
    "that hlab wrote earlier and that are no longer needed go; files of yours stay as they are, and one\n"
    "in the way stops the build. hlab.lock, beside the lab, keeps what was handed out: commit it.\n"
    "\n"
    "Examples:\n"
    "  hlab build --out ../gitops\n"
    "  hlab build my-lab --out gitops && git -C gitops diff";

inline constexpr const char* kEval =
    "Prints the value in its one text: what `${...}` would insert; lists, records and maps as the\n"
    "language writes them, or as JSON or YAML. Names mean what they mean at the top of the lab. Secrets\n"
    "are handles: their path is printed, hlab never knows the value. Where the current folder is no lab,\n"
    "the expression stands alone, with the library. Errors of the lab are told too, with status 1; a\n"
    "value that does not depend on them is printed all the same.\n"
    "\n"
    "Examples:\n"
    "  hlab eval 'lan.cidr.host(20)' my-lab\n"
    "  hlab eval '[s.name for s in all service where has s.metrics]'\n"
    "  hlab eval pi5.hardware --format json\n"
    "  hlab eval lan.cidr --site cabin          in the lab as a site changes it\n"
    "  hlab eval '192.168.1.0/24.netmask()'\n"
    "  hlab eval -- '-1 + 2'                    an expression that begins with a minus";

inline constexpr const char* kSecret =
    "The lab names its secrets; their values lie encrypted beside it, a file for each place that decrypts\n"
    "them. `check` and `build` never see a value: `secret set` alone does, and hands it to `sops`.\n"
    "\n"
    "Examples:\n"
    "  hlab secret list\n"
    "  hlab secret set k3s-token";

inline constexpr const char* kSecretSet =
    "Asks for the value of each part on the terminal, without showing it. From a pipe: for a secret of one\n"
    "part all of standard input (but for a line break at its end), for one of several parts lines of the\n"
    "form KEY=value, also where one alone is left to give. `--from-file` takes a part from a file, whatever\n"
    "lines that has, and asks for the others; delete the file then. `sops` encrypts it for the recipients of the\n"
    "secret's store; the files are written when all of them are encrypted, and their paths printed. Commit them.\n"
    "\n"
    "Examples:\n"
    "  hlab secret set tailscale-key\n"
    "  hlab secret set door-token my-lab < credentials.json\n"
    "  hlab secret set my-tls --from-file tls.crt=cert.pem --from-file tls.key=key.pem\n"
    "  hlab secret set k3s-token --generate     any random text will do\n"
    "  hlab secret set tailscale-key --again    a new value, or new recipients";

inline constexpr const char* kDoc =
    "TOPIC is a module (`core`, `std`, `std.hw`) or a kind (`node`, `std.hw.pi5`, one of yours). Without it:\n"
    "what the lab declares, its kinds and functions, with their `##` texts. Fields have their types and\n"
    "defaults; a kind on its own has the fields that it inherits, too. Markdown, or HTML with --html: one\n"
    "page with its style inside, for light and dark, that loads nothing from elsewhere.\n"
    "\n"
    "Examples:\n"
    "  hlab doc node\n"
    "  hlab doc std.hw | less\n"
    "  hlab doc --html --out lab.html";

inline constexpr const char* kInit =
    "Writes lab.hlab and machines.hlab (and cluster.hlab with --gitops): a lab that checks clean and\n"
    "builds as it is, with comments on what to change. Nothing that exists is overwritten. On a terminal it\n"
    "asks for the domain and the time zone where they are not given; elsewhere they are home.arpa and this\n"
    "machine's own zone. Boards are the records of std.hw (`hlab doc std.hw`).\n"
    "\n"
    "Examples:\n"
    "  hlab init my-lab\n"
    "  hlab init my-lab --domain home.example.org --timezone Europe/Madrid\n"
    "  hlab init --nodes nas=pc attic=pi5 --network 10.0.0.0/24\n"
    "  hlab init --gitops argocd --repo https://git.example.org/me/homelab.git";

inline constexpr const char* kShow =
    "PATH is a declaration (`pi5`, `node.pi5`), what lies in one (`pi5.hardware`, `web.volume.data.size`,\n"
    "`web.env.TZ`), the name of a loop, or a kind (`node` shows all nodes). Values are written as `hlab eval`\n"
    "writes them; secrets are handles. The last argument may be LAB: a folder with .hlab files, or one such\n"
    "file. Errors elsewhere in the lab are told too, with status 1. Of a whole declaration, a value of more than\n"
    "a thousand parts is shown by its beginning; its own path shows all of it.\n"
    "\n"
    "A machine is followed by what it holds: what must run there and what may, ports, volumes, disks, and the\n"
    "memory and CPU that are left of it, less its reserve and what must run there.\n"
    "\n"
    "With --blame each value is followed by the entry that gave it, and by those that this one displaced,\n"
    "the nearest first: layers are the override of a site, the declaration, its kinds, `default KIND`.\n"
    "Where the winning entry only passes on what was computed elsewhere, that place is told as well.\n"
    "\n"
    "--format json: {\"version\":1,\"instances\":[{\"path\",\"kind\",\"at\",\"fields\":[{\"path\",\"type\",\"text\",\n"
    "\"value\"}]}]}; a value of more than a thousand parts has \"whole\" = false in place of \"value\"; with --blame fields have \"set_by\" and \"displaced\" too, lists of {\"layer\",\"of\",\"at\",\n"
    "\"source\",\"within\",\"because\"}, and \"notes\". `at` is {\"file\",\"line\",\"column\"}; layers are override, entry,\n"
    "kind, default, library. A machine has \"holds\" too: {\"services\",\"ports\",\"volumes\",\"disks\",\"memory\",\"cpu\"},\n"
    "memory in bytes, CPU in thousandths of a core. Fields may be added; a change of what is there raises the version.\n"
    "\n"
    "Examples:\n"
    "  hlab show pi5\n"
    "  hlab show service.web.resources --blame\n"
    "  hlab show node my-lab --format json\n"
    "  hlab show --ways-out";

inline constexpr const char* kWhy =
    "FILE is a path as it stands in the output tree (`kubernetes/apps/wiki/values.yaml`), or where that lies\n"
    "(`out/kubernetes/...`). LAB, a folder with .hlab files or one such file, may stand before or behind it.\n"
    "The lab is compiled as for a build; nothing is written. Of the file is told which declaration it is made\n"
    "of and whether what lies on disk is what a build would write now.\n"
    "\n"
    "Of a LINE: the field whose value stands there, the entry that gave it and those that this one displaced,\n"
    "and then, further in, each value that was read for it, back to what somebody wrote. Lines that hlab\n"
    "writes of its own accord are told as such. Where the file on disk was changed, LINE is a line of that.\n"
    "\n"
    "--format json: {\"version\":1,\"file\",\"on_disk\",\"path_on_disk\",\"content\",\"emitter\",\"declaration\":{\"path\",\n"
    "\"kind\",\"at\"},\"copied_from\",\"line\",\"text\",\"found\":[{\"path\",\"is\",\"from\",\"own\",\"name_of\",\"at\",\n"
    "\"causes\":[{\"path\",\"text\",\"depth\",\"set_by\",\"displaced\",\"calls\",\"notes\"}]}]}. `on_disk` is same, edited,\n"
    "older, foreign, missing or unknown; `content` written, same, copied or ciphertext; `from` field, name, expression\n"
    "or hlab; `set_by`, `displaced` and `at` are as `hlab show --blame` has them. Fields may be added; a change\n"
    "of what is there raises the version.\n"
    "\n"
    "Examples:\n"
    "  hlab why out/kubernetes/apps/wiki/manifests/deployment.yaml:38\n"
    "  hlab why my-lab infrastructure/nixos/hosts/nas/default.nix:12\n"
    "  hlab why out/scripts/bootstrap.sh --lab my-lab";

inline constexpr const char* kTest =
    "A test compiles the lab with what it adds, leaves out and overrides, and then looks:\n"
    "\n"
    "  test \"without the Pi 5 everything still has a place\" {\n"
    "    without node pi5\n"
    "    expect (all service).length == 3\n"
    "  }\n"
    "  test \"a second node on one address is refused\" {\n"
    "    override node.pi5.address.lan any -> 192.168.1.10\n"
    "    expect HL4100\n"
    "  }\n"
    "\n"
    "Errors that a test does not expect make it fail. Exit status 1 where one failed.\n"
    "\n"
    "Examples:\n"
    "  hlab test my-lab\n"
    "  hlab test my-lab --only 'Pi 5'";

inline constexpr const char* kGraph =
    "Nodes are the declarations of the lab; an edge leads from the one that needs to the one needed: to\n"
    "`start` (solid), while it runs (`run`, dashed), or for a value of it (`value`, dotted).\n"
    "\n"
    "What would miss something is what cannot start without it, however far away, and whoever misses one\n"
    "of those while running, or a value of it. What just runs on without is not counted further.\n"
    "\n"
    "Examples:\n"
    "  hlab graph my-lab --format svg > lab.svg\n"
    "  hlab graph my-lab --from tasks               what it needs, down to the machines\n"
    "  hlab graph my-lab --to node.pi5              what would miss it\n"
    "  hlab graph my-lab --kind service --kind node\n"
    "  hlab graph my-lab --format mermaid\n"
    "  hlab graph my-lab --order                    what starts when; it stops in the reverse order\n"
    "\n"
    "--reach is about packets instead: every way by which A comes to B, each step with the declaration that\n"
    "makes it; or that there is none, how far A gets, and from where B is reached. A is a network, a machine,\n"
    "a cluster, a service, a person, `internet`, `lan` or `vpn`; B a network, a machine, a cluster, a service,\n"
    "one of its endpoints, a storage or `internet`. Status 0 where there is a way, 5 where there is none. As\n"
    "text, or with --format json: {\"version\":1,\"pairs\":[{\"from\",\"to\",\"reached\",\"ways\":[[{\"from\",\"to\",\n"
    "\"reason\",\"file\",\"line\"}]]}]}.\n"
    "\n"
    "  hlab graph my-lab --reach guest nas\n"
    "  hlab graph my-lab --reach internet service.wiki.expose.web";

inline constexpr const char* kSurface =
    "Endpoints, ports of machines and APIs of clusters, by who reaches them as the lab declares it: first the\n"
    "internet, then each network. Each with its url or port, who asks for a login, by what it is reached, and\n"
    "where it is declared. What counts as a way is said in docs/reachability.md; `hlab graph --reach A B`\n"
    "shows all ways between two ends, and `assert no path A -> B` in the lab forbids them.\n"
    "\n"
    "--format json: {\"version\":1,\"surfaces\":[{\"from\",\"audience\",\"openings\":[{\"what\",\"where\",\"by\",\n"
    "\"login\",\"because\",\"file\",\"line\"}]}]}; `login` is \"\" where an endpoint does not say it.\n"
    "\n"
    "Examples:\n"
    "  hlab surface --audience public\n"
    "  hlab surface my-lab --format json";

inline constexpr const char* kPlacement =
    "One place for every pod that the lab describes: on nodes that `on` allows, whose taints it bears,\n"
    "within the memory and CPU of the node less its reserve. It is a proof that there is one; Kubernetes\n"
    "may choose another, and nothing is pinned by it. Charts do not say what they need and count as nothing.\n"
    "Below it: what would be lost with each node, and whether the others still had a place.\n"
    "\n"
    "Examples:\n"
    "  hlab placement my-lab\n"
    "  hlab placement --format json";

inline constexpr const char* kLearn =
    "Machines whose tailnet address is `learned` get it from what your own machine sees. They are\n"
    "matched by host name; addresses are kept in hlab.lock.\n"
    "\n"
    "Examples:\n"
    "  tailscale status --json | hlab learn my-lab\n"
    "  tailscale status --json | hlab learn my-lab --dry-run";

inline constexpr const char* kFmt =
    "One style, no settings. A folder means the .hlab files in it and in what it imports. What does not parse keeps\n"
    "its words, and a file in which a brace or text is left open stays as it is. With - the text goes\n"
    "from standard input to standard output.\n"
    "\n"
    "Examples:\n"
    "  hlab fmt .\n"
    "  hlab fmt --check my-lab            exit status 1 where a file would change";

inline constexpr const char* kExplain =
    "Examples:\n"
    "  hlab explain HL0002\n"
    "  hlab explain no-lab-files\n"
    "  hlab explain narrow-shelf my-lab    # a `rule` that the lab declares";

inline constexpr const char* kRules =
    "Examples:\n"
    "  hlab rules | grep address\n"
    "  hlab rules --format json";

inline constexpr const char* kBuiltins =
    "Examples:\n"
    "  hlab builtins | grep pad\n"
    "  hlab builtins --format json";

inline constexpr const char* kVersionText =
    "Examples:\n"
    "  hlab version\n"
    "  hlab version --format json";

inline constexpr const char* kUpdate =
    "A version that the lab does not say is the library's; hlab.lock keeps the one of the day on which\n"
    "the service was first built, so that a newer hlab changes nothing by itself. This moves it. The lock\n"
    "keeps the digest of each package below packages/ too; this takes one that has changed.\n"
    "\n"
    "Examples:\n"
    "  hlab update                        everything\n"
    "  hlab update tasks                  one service, or the package packages/tasks\n"
    "  hlab update --check                what is behind; exit status 1 where something is";

inline constexpr const char* kVendor =
    "Below DIR: charts (Chart.yaml beside values.schema.json), definitions of custom resources, and image\n"
    "indexes as a registry gives them, called `REGISTRY/NAME:TAG.json`. What is large is copied to vendor/\n"
    "in the lab; digests and platforms go into hlab.lock. Nothing is fetched.\n"
    "\n"
    "Examples:\n"
    "  hlab vendor ~/charts\n"
    "  hlab vendor crds --lab my-lab --dry-run";

inline constexpr const char* kWaysOut =
    "Objects in their own words, patches, files as they are, values of charts, text for NixOS, variables\n"
    "for Ansible, what somebody else runs or writes: each with its place, its reason, and who checks it.\n"
    "\n"
    "Examples:\n"
    "  hlab ways-out\n"
    "  hlab ways-out my-lab --format json";

inline constexpr const char* kLock =
    "Examples:\n"
    "  git config merge.hlab.driver 'hlab lock merge %O %A %B'\n"
    "  echo 'hlab*.lock merge=hlab' >> .gitattributes";

}  // namespace hlab::commands::help
