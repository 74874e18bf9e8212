package org.cranny.client.realm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything about a realm that is no secret: {@code own-realm/members.json}. Public, because the JSON library asks for it.
 *
 * @param format {@link #FORMAT}
 * @param realm id, hexadecimal
 * @param fingerprint of the authority's certificate, SHA-256, hexadecimal
 * @param nextNumber that a member gets; a number is never given twice
 * @param masterFileVersion of the newest master file, 0 before the first
 */
public record Roster(
        int format,
        String name,
        String realm,
        String fingerprint,
        String created,
        long nextNumber,
        long masterFileVersion,
        List<Member> members) {
    static final int FORMAT = 1;
    private static final long FIRST_NUMBER = 2;

    public Roster {
        members = members == null ? List.of() : List.copyOf(members);
    }

    static Roster empty(String name, String realm, String fingerprint, Instant now) {
        return new Roster(FORMAT, name, realm, fingerprint, now.toString(), FIRST_NUMBER, 0, List.of());
    }

    Roster with(Member member) {
        List<Member> all = new ArrayList<>(members);
        all.add(member);
        return new Roster(format, name, realm, fingerprint, created, nextNumber + 1, masterFileVersion, all);
    }

    Roster replacing(Member changed) {
        List<Member> all = members.stream()
                .map(member -> member.number() == changed.number() ? changed : member)
                .toList();
        return new Roster(format, name, realm, fingerprint, created, nextNumber, masterFileVersion, all);
    }

    Roster withNextMasterFile() {
        return new Roster(format, name, realm, fingerprint, created, nextNumber, masterFileVersion + 1, members);
    }

    Optional<Member> member(long number) {
        return members.stream().filter(member -> member.number() == number).findFirst();
    }

    List<Member> listedHosts() {
        return members.stream().filter(Member::isHost).filter(Member::listed).toList();
    }
}
