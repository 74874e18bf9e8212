package org.cranny.central;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.central.placement.Daemons;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;

/** Daemons of test machines: they judge grants, and keep names of fragments instead of octets. */
final class FakeDaemons implements Daemons {
    private static final int LISTED = 2;

    private final Central central;
    private final Map<Long, TestMachine> machines = new HashMap<>();
    private final Map<Long, Set<String>> shelves = new HashMap<>();
    private final Map<Long, Set<String>> trash = new HashMap<>();
    private final Map<Long, List<String>> anchors = new HashMap<>();
    final List<String> deleted = new ArrayList<>();

    /** Copies with other octets than their name says, as host, space, fragment. */
    final Set<String> rotten = new HashSet<>();

    /** Hosts that say of each fragment which they are to copy that the other host has it not. */
    final Set<Long> liars = new HashSet<>();

    /** Of each order to delete, these hosts let only the first go before its time. */
    final Set<Long> slow = new HashSet<>();

    int deletions;

    /** What happens while a copy is under way. */
    Runnable meanwhile = () -> {};

    FakeDaemons(Central central) {
        this.central = central;
    }

    void run(TestMachine machine) {
        machines.put(machine.id.number(), machine);
    }

    void stop(TestMachine machine) {
        machines.remove(machine.id.number());
    }

    void keep(TestMachine host, FragmentId fragment) {
        shelf(host.id.number()).add(fragment.toString());
    }

    /** Goes on with what those of a central before kept. */
    void takeOver(FakeDaemons before) {
        machines.putAll(before.machines);
        shelves.putAll(before.shelves);
        trash.putAll(before.trash);
        anchors.putAll(before.anchors);
        rotten.addAll(before.rotten);
    }

    boolean isUp(long host) {
        return machines.containsKey(host);
    }

    Set<String> shelf(long host) {
        return shelves.computeIfAbsent(host, any -> new HashSet<>());
    }

    Set<String> trash(long host) {
        return trash.computeIfAbsent(host, any -> new HashSet<>());
    }

    @Override
    public synchronized void anchor(HostStatus host, String anchor) throws IOException {
        running(host.number());
        anchors.computeIfAbsent(host.number(), any -> new ArrayList<>()).add(0, anchor);
    }

    @Override
    public synchronized List<String> anchors(HostStatus host) throws IOException {
        running(host.number());
        return anchors.getOrDefault(host.number(), List.of());
    }

    @Override
    public synchronized CopyAnswer copy(HostStatus host, String grant, CopyOrder order) throws IOException {
        meanwhile.run();
        TestMachine machine = running(host.number());
        Grant copy = judge(
                grant,
                Act.COPY,
                host.number(),
                central.authority.identity().certificate().getPublicKey());
        Grant read = judge(order.grant(), Act.READ, order.from(), machine.keys.getPublic());
        List<CopyAnswer.Copied> copied = new ArrayList<>();
        for (CopyOrder.Item item : order.fragments()) {
            FragmentId id = FragmentId.of(item.fragment());
            if (!copy.fragments().contains(id) || !read.fragments().contains(id)) {
                throw new IOException("the grants do not name " + id);
            }
            if (liars.contains(host.number())) {
                copied.add(new CopyAnswer.Copied(item.fragment(), null, ProblemKind.NOT_FOUND.name()));
            } else if (!machines.containsKey(order.from())) {
                copied.add(new CopyAnswer.Copied(item.fragment(), null, CopyAnswer.AWAY));
            } else if (!shelf(order.from()).contains(item.fragment())) {
                copied.add(new CopyAnswer.Copied(item.fragment(), null, ProblemKind.NOT_FOUND.name()));
            } else if (rotten.contains(order.from() + " " + item.fragment())) {
                copied.add(new CopyAnswer.Copied(item.fragment(), null, ProblemKind.WRONG_HASH.name()));
            } else {
                rotten.remove(host.number() + " " + item.fragment());
                shelf(host.number()).add(item.fragment());
                Instant now = central.clock.instant();
                Receipt receipt = new Receipt(machine.id, copy.source(), id, item.length(), now);
                copied.add(new CopyAnswer.Copied(
                        item.fragment(), receipt.sign(machine.keys.getPrivate()).text(), null));
            }
        }
        return new CopyAnswer(copied);
    }

    /** How a host answers when it is to prove something. */
    interface Prover {
        Proofs prove(Challenges challenges) throws IOException;
    }

    final Map<Long, Prover> provers = new HashMap<>();

    private Grant toRead(HostStatus host, String grant) throws IOException {
        running(host.number());
        return judge(
                grant,
                Act.READ,
                host.number(),
                central.authority.identity().certificate().getPublicKey());
    }

    @Override
    public Proofs prove(HostStatus host, String grant, Challenges challenges) throws IOException {
        Grant read = toRead(host, grant);
        for (Challenge each : challenges.challenges()) {
            if (!read.covers(FragmentId.of(each.fragment()))) {
                throw new IOException("the grant does not name " + each.fragment());
            }
        }
        return provers.getOrDefault(host.number(), asked -> nothing(host.number(), asked))
                .prove(challenges);
    }

    /** Without octets there is no proof, only the word that they are not there. */
    private Proofs nothing(long host, Challenges asked) throws IOException {
        for (Challenge each : asked.challenges()) {
            if (shelf(host).contains(each.fragment()) && !rotten.contains(host + " " + each.fragment())) {
                throw new IOException("host " + host + " has no octets to prove with");
            }
        }
        return new Proofs(asked.challenges().stream()
                .map(each -> new Proof(each.fragment(), -1, List.of()))
                .toList());
    }

    @Override
    public synchronized KeptList list(HostStatus host, String grant, String after) throws IOException {
        Grant read = toRead(host, grant);
        if (!read.fragments().isEmpty()) {
            throw new IOException("the grant is for single fragments");
        }
        List<Kept> rest = shelf(host.number()).stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .sorted()
                .map(id -> new Kept(id, TestMachine.LENGTH))
                .toList();
        boolean more = rest.size() > LISTED;
        return new KeptList(
                more ? rest.subList(0, LISTED) : rest,
                more ? rest.get(LISTED - 1).fragment() : null);
    }

    @Override
    public synchronized TrashAnswer trash(HostStatus host, Act act, String grant, TrashOrder order) throws IOException {
        running(host.number());
        Grant right = judge(
                grant,
                act,
                host.number(),
                central.authority.identity().certificate().getPublicKey());
        TrashAnswer answer = new TrashAnswer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        deletions += act == Act.DELETE ? 1 : 0;
        for (String fragment : order.fragments()) {
            if (act == Act.DELETE
                    && slow.contains(host.number())
                    && !answer.done().isEmpty()) {
                answer.early().add(fragment);
                continue;
            }
            if (!right.fragments().contains(FragmentId.of(fragment))) {
                throw new IOException("the grant does not name " + fragment);
            }
            Set<String> from = act == Act.TRASH ? shelf(host.number()) : trash(host.number());
            boolean there = from.remove(fragment);
            if (there && act == Act.TRASH) {
                trash(host.number()).add(fragment);
            } else if (there && act == Act.UNTRASH) {
                shelf(host.number()).add(fragment);
            } else if (there) {
                deleted.add(host.number() + " " + fragment);
            }
            (there ? answer.done() : answer.absent()).add(fragment);
        }
        return answer;
    }

    private TestMachine running(long number) throws IOException {
        TestMachine machine = machines.get(number);
        if (machine == null) {
            throw new IOException("host " + number + " is away");
        }
        return machine;
    }

    private Grant judge(String text, Act act, long daemon, java.security.PublicKey holder) throws IOException {
        try {
            RealmKeys keys = RealmKeys.open(
                    Signed.parse(central.authority.realmKeys()),
                    central.authority.certificate().getPublicKey());
            Grant grant = Grant.open(Signed.parse(text), keys.grant());
            byte[] fingerprint = org.cranny.protocol.signing.PublicKeys.fingerprint(holder);
            if (grant.allows(
                    act,
                    new org.cranny.protocol.id.SystemId(central.authority.realm(), daemon),
                    fingerprint,
                    central.clock.instant())) {
                return grant;
            }
            throw new IOException("the grant is for something else");
        } catch (MalformedException e) {
            throw new IOException(e);
        }
    }
}
