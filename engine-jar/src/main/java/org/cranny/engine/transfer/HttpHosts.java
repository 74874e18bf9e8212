package org.cranny.engine.transfer;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.receipt.PutAnswer;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Daemons over HTTPS/1.1 with certificates on both sides. Each host gets a client of its own, because each must prove
 * that it is that very system.
 */
public final class HttpHosts implements Hosts, HostTrash, HostLists {
    /** Below this rate for each, fewer connections get more: a host waits for a pack for a quarter of an hour only. */
    private static final long WORTH_A_CONNECTION = 64 << 10;

    private static final int MOST_AT_ONCE = 16;

    /** 10,000 fragments with their lengths. */
    private static final int LARGEST_LIST = 2 << 20;

    /** A leaf in Base64, with its path. */
    private static final long LARGEST_PROOF = 96 << 10;

    /** A fragment's id in an answer about many. */
    private static final long LARGEST_ID = 128;

    private static final Set<Integer> READ = Set.of(200, 206);

    private final MachineIdentity identity;
    private final Supplier<String> allotment;
    private final Limits limits;
    private final int uploadsAtOnce;
    private final Semaphore uploads;
    private final HostRequests requests;

    /** @param allotment gives the newest signed allotment, base64url */
    public HttpHosts(MachineIdentity identity, Supplier<String> allotment, Limits limits) {
        this(identity, allotment, null, limits);
    }

    private HttpHosts(
            MachineIdentity identity, Supplier<String> allotment, Function<Host, String> grants, Limits limits) {
        this.identity = identity;
        this.allotment = allotment;
        this.limits = limits;
        requests = new HostRequests(identity, grants);
        long slowest = limits.upload().slowest();
        long worth = Math.min(MOST_AT_ONCE, Math.max(1, slowest / WORTH_A_CONNECTION));
        uploadsAtOnce = slowest == 0 ? Integer.MAX_VALUE : (int) worth;
        uploads = new Semaphore(uploadsAtOnce);
    }

    /**
     * Reads fragments of another source, and can put none.
     *
     * @param grants gives a valid grant to read at a host, signed, base64url
     */
    public static HttpHosts reading(MachineIdentity identity, Function<Host, String> grants) {
        Supplier<String> none = () -> {
            throw new IllegalStateException("a reader of somebody else's fragments puts none");
        };
        return new HttpHosts(identity, none, grants, Limits.NONE);
    }

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        try {
            uploads.acquire();
        } catch (InterruptedException e) {
            throw HostRequests.stopped(host, e);
        }
        try {
            long length = octets.toFile().length();
            BlockingExchange.Answer answer = requests.put(
                    host, "/v1/fragments/" + fragment, octets, limits.upload(), allotment.get(), patience(length));
            return checkedReceipt(host, fragment, length, answer);
        } finally {
            uploads.release();
        }
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        byte[] octets = requests.get(host, "/v1/fragments/" + fragment, range, length, READ, limits.download());
        if (octets.length != length) {
            String reason = " sent " + octets.length + " octets instead of " + length;
            throw new TransferException(Reason.WRONG, host.id(), host.name() + reason, null);
        }
        return octets;
    }

    @Override
    public KeptList list(Host host, FragmentId after) throws TransferException {
        String from = after == null ? "" : "?after=" + after;
        HttpRequest request = requests.to(host, "/v1/fragments" + from).GET().build();
        return readable(host, requests.ask(host, request, LARGEST_LIST, KeptList.class));
    }

    private static KeptList readable(Host host, KeptList page) throws TransferException {
        try {
            page.fragments().forEach(kept -> Objects.requireNonNull(FragmentId.of(kept.fragment())));
            if (page.next() != null) {
                Objects.requireNonNull(FragmentId.of(page.next()));
            }
            return page;
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new TransferException(Reason.WRONG, host.id(), host.name() + " sent an unreadable list", e);
        }
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) throws TransferException {
        List<Challenge> challenges = probes.stream()
                .map(probe -> new Challenge(probe.fragment().toString(), List.of(probe.leaf())))
                .toList();
        HttpRequest request =
                requests.post(host, "/v1/proofs", new Challenges(challenges)).build();
        List<Proof> proofs = requests.ask(host, request, LARGEST_PROOF * probes.size(), Proofs.class)
                .proofs();
        List<Spot> spots = new ArrayList<>(probes.size());
        for (int i = 0; i < probes.size(); i++) {
            Proof proof = proofs != null && i < proofs.size() ? proofs.get(i) : null;
            spots.add(Proving.spot(probes.get(i), proof));
        }
        return spots;
    }

    @Override
    public TrashAnswer putAway(Host host, List<FragmentId> fragments) throws TransferException {
        return order(host, "/v1/trash", fragments);
    }

    @Override
    public TrashAnswer delete(Host host, List<FragmentId> fragments) throws TransferException {
        return order(host, "/v1/deletions", fragments);
    }

    private TrashAnswer order(Host host, String path, List<FragmentId> fragments) throws TransferException {
        TrashOrder order =
                new TrashOrder(fragments.stream().map(FragmentId::toString).toList());
        HttpRequest request = requests.post(host, path, order)
                .header("Cranny-Allotment", allotment.get())
                .build();
        TrashAnswer answer = requests.ask(host, request, LARGEST_ID * fragments.size(), TrashAnswer.class);
        if (answer.done() == null || answer.absent() == null || answer.early() == null) {
            throw new TransferException(Reason.WRONG, host.id(), host.name() + " sent an unreadable answer", null);
        }
        return answer;
    }

    @Override
    public void close() {
        requests.close();
    }

    /** As long as it takes when all connections share the lowest rate. */
    private Duration patience(long length) {
        long slowest = limits.upload().slowest();
        return slowest == 0 ? HostRequests.ANSWER : HostRequests.ANSWER.plusSeconds(length * uploadsAtOnce / slowest);
    }

    private Signed checkedReceipt(Host host, FragmentId fragment, long length, BlockingExchange.Answer answer)
            throws TransferException {
        try {
            Signed signed = Signed.parse(
                    requests.parse(host, answer.body(), PutAnswer.class).receipt());
            Receipt receipt = Receipt.open(signed, answer.key());
            boolean ours = receipt.host().equals(requests.peer(host))
                    && receipt.source().equals(identity.system())
                    && receipt.fragment().equals(fragment)
                    && receipt.length() == length;
            if (ours) {
                return signed;
            }
        } catch (MalformedException e) {
            throw new TransferException(Reason.WRONG, host.id(), host.name() + " gave no valid receipt", e);
        }
        throw new TransferException(Reason.WRONG, host.id(), host.name() + " gave a receipt for something else", null);
    }
}
