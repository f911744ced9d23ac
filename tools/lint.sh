# Sourced by ./dev lint. Every check runs; what is wrong is printed as file:line, and one wrong thing fails the whole.

wrong=0

report() { # what is wrong, the lines that show it
  [ -n "$2" ] || return 0
  printf '\n%s\n%s\n' "$1" "$2"
  wrong=1
}

tracked() { # pattern [pathspec...]: lines of tracked and new text files that match
  git grep --untracked -nIE "$@" || true
}

scripts=$(git ls-files -co --exclude-standard | while IFS= read -r file; do
  case $file in *.sh) echo "$file" ;; *) [ ! -f "$file" ] || ! head -c 20 "$file" | grep -qa '^#!.*bash' || echo "$file" ;; esac
done)
report "Shell scripts that do not parse:" "$(for script in $scripts; do bash -n "$script" 2>&1 || true; done)"

# The brackets keep these patterns from finding themselves.
report "Paths of one machine, or hosts of package registries (name packages, not hosts):" \
  "$(tracked '/usr/lib/jvm/[a-z]|[/]work/|[/]root/|[/]tmp/[a-z]+-[a-z]|repo1?[.]maven|registry[.]npmjs|pypi[.]org|files[.]pythonhosted|static[.]crates|proxy[.]golang')"
report "Unfinished words:" "$(tracked '\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b' -- ':!*.md' ':!conformance/cases' ':!*/src/main/resources/*')"
report "Tests switched off:" "$(tracked '@(Disable[d]|Ignor[e])\b' -- '*.java')"
report "Packages without package-info.java:" \
  "$(git ls-files -co --exclude-standard '*/src/main/java/**/*.java' | xargs -n1 dirname | sort -u | while IFS= read -r folder; do
    [ "${folder##*/}" = java ] || [ -f "$folder/package-info.java" ] || echo "$folder"
  done)"
report "Packages that are not @NullMarked:" \
  "$(git ls-files -co --exclude-standard '*/src/main/java/**/package-info.java' | while IFS= read -r file; do
    grep -q '@NullMarked' "$file" || echo "$file"
  done)"

version=$(sed -n 's:^  <version>\(.*\)</version>.*:\1:p' pom.xml)
report "Versions other than $version (one version number for everything; the root pom has it):" \
  "$(for file in $(git ls-files -co --exclude-standard '*/pom.xml'); do
    sed -n '/<parent>/,/<\/parent>/s:.*<version>\(.*\)</version>.*:\1:p' "$file" | grep -vx "$version" | sed "s:^:$file\: :" || true
  done
  for file in $(git ls-files -co --exclude-standard '*package.json'); do
    sed -n 's/^  "version": "\(.*\)".*/\1/p' "$file" | grep -vx "$version" | sed "s:^:$file\: :" || true
  done)"
report "Versions that are not pinned:" \
  "$(tracked '<version>[^<]*(LATEST|RELEASE|SNAPSHOT|[[(,])' -- '*pom.xml' | grep -vE 'require(Java|Maven)Version|\[25,\)|\[3\.8,\)' || true
  tracked '": *"([\^~>*]|latest)[^"]*"' -- '*package.json' | grep -v '"node": ">=' || true)"

# Compiled anew, because a warning is only printed by the compiler that sees it.
rm -rf ./*/target/classes
log=.dev/lint.log
mkdir -p .dev
if ! maven --fail-at-end spotless:check test-compile license:add-third-party -Dwarnings.fail=true </dev/null >"$log" 2>&1; then
  report "Format, compiler warnings, null checks, licences (./dev fmt formats; all of it is in $log):" \
    "$(grep -E -A4 "^\[(ERROR|WARNING)\] ($repo)?/|^\[ERROR\] +src/|forbidden licen" "$log" | sed "s:$repo/::" | head -n 80)"
  wrong=1
fi

[ "$wrong" -eq 0 ] || fail "" "./dev lint found what stands above."
echo "lint: nothing found"
