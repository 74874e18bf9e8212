package org.cranny.central.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.placement.Daemons;
import org.cranny.central.placement.Sample;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;

/** Asks one host to prove what was drawn, and judges its answers by the fragments' ids alone. */
final class Questions {
    private final Daemons daemons;
    private final Authority authority;
    private final RandomGenerator random;

    /** @param wrong what it did not prove */
    record Answers(long right, List<Sample> wrong) {}

    Questions(Daemons daemons, Authority authority, RandomGenerator random) {
        this.daemons = daemons;
        this.authority = authority;
        this.random = random;
    }

    /** @throws IOException when it gives no answer, or one to something else */
    Answers ask(HostStatus host, List<Sample> samples) throws IOException {
        Map<Long, List<Sample>> bySource =
                samples.stream().collect(Collectors.groupingBy(Sample::source, TreeMap::new, Collectors.toList()));
        List<Sample> wrong = new ArrayList<>();
        for (Map.Entry<Long, List<Sample>> each : bySource.entrySet()) {
            wrong.addAll(ask(host, each.getKey(), each.getValue()));
        }
        return new Answers(samples.size() - wrong.size(), wrong);
    }

    private List<Sample> ask(HostStatus host, long source, List<Sample> samples) throws IOException {
        List<Integer> leaves = samples.stream()
                .map(sample -> random.nextInt((int) LeafHashes.count(sample.length())))
                .toList();
        List<Challenge> challenges = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            challenges.add(new Challenge(samples.get(i).fragment().toString(), List.of(leaves.get(i))));
        }
        Proofs given = daemons.prove(host, grant(host, source, samples), new Challenges(challenges));
        if (given == null || given.proofs() == null || given.proofs().size() != samples.size()) {
            throw new IOException(host.name() + " answered something else than it was asked");
        }
        List<Sample> wrong = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Proof proof = given.proofs().get(i);
            if (proof == null || !proof.proves(sample.fragment(), sample.length(), leaves.get(i))) {
                wrong.add(sample);
            }
        }
        return wrong;
    }

    private String grant(HostStatus host, long source, List<Sample> samples) {
        return authority.grant(
                Act.READ,
                new SystemId(authority.realm(), host.number()),
                authority.identity().certificate().getPublicKey(),
                new SystemId(authority.realm(), source),
                (long) samples.size() * LeafHashes.LEAF_OCTETS,
                samples.stream().map(Sample::fragment).toList());
    }
}
