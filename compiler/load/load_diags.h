// Diagnostics of reading a lab from disk. HL000n: the system or the choice of lab is at fault (exit
// status 3); HL001n: a file of the lab is (exit status 1).
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::load {

using diag::Diag;
using diag::DiagInfo;
using diag::Severity;
using Sv = std::string_view;

inline const Diag<Sv> kNoSuchLab{
    {"HL0001", "no-such-lab", Severity::error, "the lab's folder or file does not exist",
     "`LAB` is the folder that holds the lab's `.hlab` files, or one such file. Nothing is there under "
     "that name. Without `LAB`, the current folder is taken.",
     R"sh($ hlab check atic
)sh",
     R"sh($ mkdir attic
$ cp lab.hlab attic/
$ hlab check attic
)sh"},
    "`{}` does not exist"};

inline const Diag<Sv> kNoLabFiles{
    {"HL0002", "no-lab-files", Severity::error, "the folder holds no `.hlab` file",
     "A lab is made of all `.hlab` files that lie directly in its folder; files in sub-folders and hidden "
     "files do not count. This folder has none, so there is nothing to judge. An empty `.hlab` file would "
     "be read and judged.",
     R"sh($ mkdir attic
$ hlab check attic
)sh",
     R"sh($ mkdir attic
$ cp lab.hlab attic/
$ hlab check attic
)sh"},
    "`{}` holds no `.hlab` file"};

inline const Diag<Sv> kNotALab{
    {"HL0003", "not-a-lab", Severity::error, "neither a folder nor a `.hlab` file",
     "A single file given as `LAB` is taken as the whole lab. It must be a regular file whose name ends in "
     "`.hlab`.",
     R"sh($ cp lab.hlab notes.txt
$ hlab check notes.txt
)sh",
     R"sh($ hlab check lab.hlab
)sh"},
    "`{}` is neither a folder nor a `.hlab` file"};

inline const Diag<Sv, Sv> kUnreadable{
    {"HL0004", "unreadable", Severity::error, "a file or folder that cannot be read",
     "The system refused to open or read it; the message gives the system's reason. Most often the file "
     "belongs to somebody else, or a disk is not mounted.",
     R"sh($ ln -s away.hlab nodes.hlab
$ hlab check
)sh",
     R"sh($ touch nodes.hlab
$ hlab check
)sh"},
    "cannot read `{}`: {}"};

inline const Diag<Sv, Sv> kUnwritable{
    {"HL0005", "unwritable", Severity::error, "a file that cannot be written",
     "The system refused to create, write or rename it; the message gives the system's reason. Nothing was "
     "changed: a file is written beside its place first and renamed when it is complete.",
     R"sh($ echo "person  ana {}" > "$(printf %0250d 1).hlab"
$ hlab fmt 0*.hlab
)sh",
     R"sh($ echo "person  ana {}" >> lab.hlab
$ hlab fmt lab.hlab
)sh"},
    "cannot write `{}`: {}"};

inline const Diag<Sv> kOutsideLab{
    {"HL0010", "outside-the-lab", Severity::error, "a file that leads out of the lab's folder",
     "Everything that a lab is made of lies in its folder, so that a clone is complete and a build reads "
     "nothing else of the machine. A symbolic link may point elsewhere inside the folder, not out of it.",
     R"sh($ ln -s /etc/hostname nodes.hlab
$ hlab check
)sh",
     R"sh($ touch nodes.hlab
$ hlab check
)sh"},
    "`{}` leads out of the lab's folder"};

inline const Diag<Sv> kNotAFile{
    {"HL0011", "not-a-regular-file", Severity::error,
     "a pipe, device or folder where a file is expected",
     "Only regular files are read. A pipe or device could block for ever or never end.",
     R"sh($ mkfifo nodes.hlab
$ hlab check
)sh",
     R"sh($ touch nodes.hlab
$ hlab check
)sh"},
    "`{}` is not a regular file"};

inline const Diag<Sv, std::size_t> kFileTooLarge{
    {"HL0012", "oversized-file", Severity::error, "a file over the limit of 16 MiB",
     "A source file has at most 16 MiB. Labs are a few hundred lines; a file of this size is something "
     "else that got the name.",
     R"sh($ yes "#" | head -n 9000000 > nodes.hlab
$ hlab check
)sh",
     R"sh($ yes "#" | head -n 9000 > nodes.hlab
$ hlab check
)sh"},
    "`{}` is larger than {} MiB"};

inline const Diag<Sv, std::size_t> kTooManyFiles{
    {"HL0013", "too-many-files", Severity::error, "more than 10,000 files in one lab",
     "A folder may hold at most 10,000 `.hlab` files.", R"sh($ touch $(seq -f node-%g.hlab 10000)
$ hlab check
)sh",
     R"sh($ touch $(seq -f node-%g.hlab 100)
$ hlab check
)sh"},
    "`{}` holds more than {} `.hlab` files"};

inline const Diag<Sv> kFileName{
    {"HL0014", "unprintable-file-name", Severity::error, "a file name that cannot be printed",
     "The name of each source file is written into the header of what is generated from it. It must be "
     "valid UTF-8 without control characters.",
     R"sh($ touch "$(printf 'two\nlines.hlab')"
$ hlab check
)sh",
     R"sh($ touch "two words.hlab"
$ hlab check
)sh"},
    "the file name `{}` holds bytes that cannot be printed"};

inline const Diag<Sv> kEmptyLab{
    {"HL0015", "empty-lab", Severity::error, "a lab that declares nothing",
     "The `.hlab` files of this folder hold no declaration, only blanks and comments at most. Building it "
     "would remove every generated file, so it is refused.",
     R"(# Nothing is declared yet.
)",
     R"(# Nothing but this is declared yet.
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
)"},
    "`{}` declares nothing"};

inline const DiagInfo* const kAllLoadDiags[] = {
    &kNoSuchLab.info,    &kNoLabFiles.info, &kNotALab.info,  &kUnreadable.info,
    &kUnwritable.info,   &kOutsideLab.info, &kNotAFile.info, &kFileTooLarge.info,
    &kTooManyFiles.info, &kFileName.info,   &kEmptyLab.info};

/// Whether the diagnostic means exit status 3: a system call failed, or there is no lab at all.
[[nodiscard]] inline bool is_system_failure(const DiagInfo& info) {
  return info.code.substr(0, 5) == "HL000";
}

}  // namespace hlab::load
