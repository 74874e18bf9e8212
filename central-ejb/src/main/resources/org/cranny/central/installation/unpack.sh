# ROLE VERSION : unpacks the archive that comes on standard input, and links its program: an upgrade changes
# one link, /opt/cranny/ROLE.
role=$1 version=$2
program=$(program_of "$role")
folder=/opt/cranny/$version/$role
[ ! -e "$R$folder" ] || die "there is a folder $folder that this installation did not make"
[ -d "$R/opt/cranny" ] || mkdir -p "$R/opt/cranny"
note folder /opt/cranny
fresh_folder "/opt/cranny/$version" 755
note tree "$folder"
mkdir "$R$folder"
tar -xzf - -C "$R$folder" --strip-components=1
[ -x "$R$folder/bin/$program" ] || die "the archive has no bin/$program"
sync
note file "/opt/cranny/$role"
ln -s "$version/$role" "$R/opt/cranny/$role"
note file "/usr/bin/$program"
mkdir -p "$R/usr/bin"
ln -s "/opt/cranny/$role/bin/$program" "$R/usr/bin/$program"
