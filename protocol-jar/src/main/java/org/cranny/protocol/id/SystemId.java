package org.cranny.protocol.id;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * Names one enrolled machine for ever: a realm and a positive number that the realm never gives twice.
 * Certificates carry it as the URI {@code cranny:REALM:NUMBER}; that URI, not a host name, is what peers check.
 */
public record SystemId(RealmId realm, long number) {
    /** Octets of the binary form, which formats call the source tag. */
    public static final int OCTETS = 16;

    private static final Pattern URI = Pattern.compile("cranny:([0-9a-f]{16}):([1-9][0-9]{0,17})");

    public SystemId {
        if (realm == null || number < 1) {
            throw new IllegalArgumentException(
                    "a system id is a realm and a positive number: " + realm + ", " + number);
        }
    }

    /** @throws IllegalArgumentException when the text is not {@code cranny:REALM:NUMBER} */
    public static SystemId ofUri(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the URI of a system: " + uri);
        }
        return new SystemId(new RealmId(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    public static SystemId read(OctetReader in) throws MalformedException {
        RealmId realm = RealmId.of(in.raw(8));
        long number = in.u64();
        if (number < 1) {
            throw new MalformedException("a system number is not positive");
        }
        return new SystemId(realm, number);
    }

    public void write(OctetWriter out) {
        out.raw(realm.bytes()).u64(number);
    }

    /** The 16 octets that formats bind: realm id, then the number. */
    public byte[] tag() {
        OctetWriter out = new OctetWriter(OCTETS);
        write(out);
        return out.toByteArray();
    }

    public String uri() {
        return "cranny:" + realm.hex() + ":" + number;
    }

    @Override
    public String toString() {
        return uri();
    }
}
