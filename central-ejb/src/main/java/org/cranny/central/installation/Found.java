package org.cranny.central.installation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code remove.sh} found on a machine, or did there.
 *
 * @param lines what goes and what is left, a sentence each
 * @param foreign programs that something else put there, a sentence each
 * @param present whose programs or homes are there
 * @param enrolled who belongs to a realm
 * @param fragments of others' backups on its disk, without those in the trash
 * @param source number that the source says it has; null when it says none
 */
record Found(
        boolean root,
        List<String> lines,
        List<String> foreign,
        Set<Role> present,
        Set<Role> enrolled,
        long fragments,
        Long source) {
    private static final String NUMBER = "[0-9]{1,18}";

    static Found read(String said) {
        boolean root = false;
        List<String> lines = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        Set<Role> present = EnumSet.noneOf(Role.class);
        Set<Role> enrolled = EnumSet.noneOf(Role.class);
        long fragments = 0;
        Long source = null;
        for (String line : said.lines().toList()) {
            String name = line.substring(0, Math.max(0, line.indexOf('=')));
            String value = line.substring(line.indexOf('=') + 1).strip();
            switch (name) {
                case "user" -> root = value.equals("0");
                case "removed", "left", "would remove", "would leave" -> lines.add(name + " " + printable(value));
                case "foreign" -> foreign.add(printable(value));
                case "present" -> Role.of(value).ifPresent(present::add);
                case "enrolled" -> Role.of(value).ifPresent(enrolled::add);
                case "fragments" -> fragments = value.matches(NUMBER) ? Long.parseLong(value) : 0;
                case "source" -> source = value.matches(NUMBER) ? Long.valueOf(value) : null;
                default -> {
                    // A later script may say more.
                }
            }
        }
        return new Found(root, List.copyOf(lines), List.copyOf(foreign), present, enrolled, fragments, source);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
