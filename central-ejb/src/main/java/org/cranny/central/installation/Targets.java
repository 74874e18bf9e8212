package org.cranny.central.installation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Reads which machines are meant: names, addresses and subnets ({@code 10.0.0.0/24}), each with a port behind a colon or
 * without; an IPv6 address in brackets. Each machine once, in the order in which they were named.
 */
final class Targets {
    static final int USUAL_PORT = 22;
    static final int MOST = 1_024;

    private static final int LARGEST_PORT = 65_535;
    private static final int BITS = 32;
    private static final int WIDEST_PREFIX = 22;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]{2,45})\\]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})))(?::([0-9]{1,5}))?");
    private static final Pattern SUBNET =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([0-9]{1,2})(?::([0-9]{1,5}))?");

    private Targets() {}

    /** @throws ProblemException of the field {@code targets} */
    static List<Target> read(List<String> texts) {
        Set<Target> all = new LinkedHashSet<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            add(text == null ? "" : text.strip(), all);
            if (all.size() > MOST) {
                throw wrong("more than " + MOST + " machines at once: name fewer");
            }
        }
        if (all.isEmpty()) {
            throw wrong("no machine is named");
        }
        return List.copyOf(all);
    }

    private static void add(String text, Set<Target> all) {
        Matcher subnet = SUBNET.matcher(text);
        Matcher form = FORM.matcher(text);
        if (subnet.matches()) {
            expand(text, subnet, all);
        } else if (form.matches()) {
            all.add(new Target(form.group(1) == null ? form.group(2) : form.group(1), port(text, form.group(3))));
        } else {
            throw wrong(
                    "'" + text + "' is no machine: write NAME, ADDRESS or a subnet as 10.0.0.0/24, :PORT behind it");
        }
    }

    private static void expand(String text, Matcher subnet, Set<Target> all) {
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(subnet.group(i));
            if (part > 255) {
                throw wrong("'" + text + "' is no subnet: " + part + " is more than 255");
            }
            address = address << 8 | part;
        }
        int prefix = Integer.parseInt(subnet.group(5));
        if (prefix > BITS || prefix < WIDEST_PREFIX) {
            throw wrong("'" + text + "' is not from /" + WIDEST_PREFIX + " (" + MOST + " addresses) to /" + BITS);
        }
        long count = 1L << (BITS - prefix);
        if (address % count != 0) {
            throw wrong("'" + text + "' is no subnet: its address has bits behind the first " + prefix);
        }
        int port = port(text, subnet.group(6));
        // Where there are more than two, the first names the subnet and the last is for all of it.
        long outside = count > 2 ? 1 : 0;
        for (long each = address + outside; each < address + count - outside; each++) {
            all.add(new Target(dotted(each), port));
        }
    }

    private static String dotted(long address) {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static int port(String text, String port) {
        int number = port == null ? USUAL_PORT : Integer.parseInt(port);
        if (number < 1 || number > LARGEST_PORT) {
            throw wrong("'" + text + "' has no port from 1 to " + LARGEST_PORT);
        }
        return number;
    }

    private static ProblemException wrong(String detail) {
        return new ProblemException(Problem.ofField("targets", detail));
    }
}
