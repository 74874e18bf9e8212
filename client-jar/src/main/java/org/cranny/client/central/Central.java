package org.cranny.client.central;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.cranny.engine.backup.Catalogue;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.custody.Finding;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.custody.FindingsAnswer;
import org.cranny.protocol.enrollment.DepositLine;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobPaths;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.ProgressAnswer;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.release.ProgramAnswer;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.RestoreNote;
import org.cranny.protocol.snapshot.RestoreNotes;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Central, as an enrolled source speaks to it: mutual TLS, and nobody but system 1 of the own realm is believed.
 * Costs nothing before the first call. Refusals are {@link org.cranny.protocol.problem.ProblemException}s; while central
 * is away, {@link org.cranny.engine.backup.CatalogueAwayException}. Thread-safe.
 * Source of the requests: {@code docs/protocol/central.md}.
 */
public final class Central implements Catalogue, Remembered, AutoCloseable {
    private static final int LARGEST_MASTER_FILE = 64 << 20;
    private static final int NOT_MODIFIED = 304;
    private static final int NO_CONTENT = 204;

    private final URI machines;
    private final Pause pause;
    private final List<ControlCalls> former = new ArrayList<>();
    private MachineIdentity identity;
    private SSLContext tls;
    private ControlCalls calls;
    private PackCalls packs;
    private HttpClient http;

    /** @param machines address where machines talk to central */
    public Central(URI machines, MachineIdentity identity) {
        this(machines, identity, Pause.real());
    }

    Central(URI machines, MachineIdentity identity, Pause pause) {
        this.machines = machines;
        this.identity = identity;
        this.pause = pause;
    }

    /** From now on connections show this one's certificate; what runs on older ones goes on. */
    public synchronized void show(MachineIdentity renewed) {
        identity = renewed;
        if (calls != null) {
            former.add(calls);
        }
        tls = null;
        calls = null;
        packs = null;
        http = null;
    }

    /** Number of central in every realm. */
    public static boolean isCentral(SystemId system) {
        return system.number() == 1;
    }

    public Realm realm() throws IOException {
        return calls().get(calls().api().path("realm"), Realm.class);
    }

    /**
     * What changed in the master file.
     *
     * @param version known already, 0 for none
     * @return a delta or the whole file, as text; empty when nothing changed
     */
    public Optional<String> masterFile(long version) throws IOException {
        WebTarget target = calls().api().path("master-file");
        Invocation.Builder request = (version > 0 ? target.queryParam("since", version) : target)
                .request("application/x-ndjson", "application/problem+json")
                .header("Accept-Encoding", "gzip");
        if (version > 0) {
            request.header("If-None-Match", "\"v" + version + "\"");
        }
        return calls().repeatedly(
                        request.buildGet(),
                        answer -> answer.getStatus() == NOT_MODIFIED ? Optional.empty() : Optional.of(text(answer)));
    }

    /**
     * What holds for this source.
     *
     * @param tag of the policy that is known already, or null
     * @return empty when that one still holds
     */
    public Optional<EffectivePolicy> policy(String tag) throws IOException {
        Invocation.Builder request =
                calls().api().path("policy").request(MediaType.APPLICATION_JSON, "application/problem+json");
        if (tag != null) {
            request.header("If-None-Match", "\"" + tag + "\"");
        }
        return calls().repeatedly(
                        request.buildGet(),
                        answer -> answer.getStatus() == NOT_MODIFIED
                                ? Optional.empty()
                                : Optional.ofNullable(answer.readEntity(EffectivePolicy.class)));
    }

    /** What central asks this source about its snapshots. @throws ProblemException NOT_FOUND when nobody waits for it any more */
    public Question question(long number) throws IOException {
        return calls().get(calls().api().path("questions/" + number), Question.class);
    }

    public void answer(long number, Answer answer) throws IOException {
        calls().put("questions/" + number + "/answer", answer);
    }

    public void deposit(EscrowDeposit keys) throws IOException {
        calls().put("escrow", keys);
    }

    /** What this source deposited, oldest first. */
    public List<DepositLine> deposits() throws IOException {
        return calls().get(calls().api().path("escrow"), new GenericType<List<DepositLine>>() {});
    }

    @Override
    public Placements placements(String after, int limit) throws IOException {
        WebTarget target = calls().api().path("placements").queryParam("limit", limit);
        return calls().get(after == null ? target : target.queryParam("after", after), Placements.class);
    }

    /** Packs of this source that central had moved since, asked once. @param after cursor of the answer before */
    public MovedPlacements moved(long after) throws IOException {
        WebTarget target = calls().api().path("placements/moved").queryParam("after", after);
        return calls().once(
                        target.request(MediaType.APPLICATION_JSON, "application/problem+json")
                                .buildGet(),
                        answer -> answer.readEntity(MovedPlacements.class));
    }

    /** The next job, or the one that this agent had; empty when there is nothing to do now. */
    public Optional<JobOffer> claim(JobClaim asked) throws IOException {
        Entity<JobClaim> claim = Entity.json(asked);
        return calls().repeatedly(
                        calls().json("jobs/claim").buildPost(claim),
                        answer -> answer.getStatus() == NO_CONTENT
                                ? Optional.empty()
                                : Optional.ofNullable(answer.readEntity(JobOffer.class)));
    }

    /** One page of a job's paths. @param page counted from 1 */
    public JobPaths jobPaths(long job, int page) throws IOException {
        WebTarget target = calls().api().path("jobs/" + job + "/paths").queryParam("page", page);
        return calls().get(target, JobPaths.class);
    }

    /** Reports on a job; said once, the next report comes soon. */
    public ProgressAnswer report(long job, JobProgress progress) throws IOException {
        Entity<JobProgress> body = Entity.json(progress);
        return calls().once(
                        calls().json("jobs/" + job + "/progress").buildPut(body),
                        answer -> answer.readEntity(ProgressAnswer.class));
    }

    public void result(long job, JobResult result) throws IOException {
        Entity<JobResult> body = Entity.json(result);
        calls().repeatedly(calls().json("jobs/" + job + "/result").buildPost(body), Response::getStatus);
    }

    /**
     * Begins to listen to what central tells.
     *
     * @param heard gets every event; must be quick
     * @return to be closed by the caller
     * @throws org.cranny.engine.backup.CatalogueAwayException also when central has no such stream
     */
    public Events listen(Events.Heard heard) throws IOException {
        return Events.open(machines, http(), heard);
    }

    @Override
    public Lease lease(long lastEpoch, String attempt) throws IOException {
        return calls().post("leases", new LeaseRequest(lastEpoch, attempt), Lease.class);
    }

    @Override
    public Lease renew(long epoch) throws IOException {
        return calls().put("leases/" + epoch, new LeaseRequest(epoch, null), Lease.class);
    }

    @Override
    public void release(long epoch) throws IOException {
        calls().delete("leases/" + epoch);
    }

    @Override
    public Registered register(Placements batch) throws IOException {
        return calls().post("placements", batch, Registered.class);
    }

    @Override
    public void keepPack(FragmentId pack, Path octets) throws IOException {
        packs().put(pack, octets);
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        return packs().read(pack, offset, length);
    }

    @Override
    public CommitAnswer commit(CommitRequest request) throws IOException {
        return calls().post("snapshots", request, CommitAnswer.class);
    }

    @Override
    public List<SnapshotLine> snapshots(long afterVersion) throws IOException {
        WebTarget target = calls().api().path("snapshots").queryParam("after", afterVersion);
        return calls().get(target, new GenericType<List<SnapshotLine>>() {});
    }

    @Override
    public void saw(List<Seen> looks) throws IOException {
        calls().post("looks", new Looks(null, looks), HeartbeatAnswer.class);
    }

    /** Tells which program runs here. @return what central wants of it */
    public ProgramAnswer program(ProgramReport report) throws IOException {
        return calls().put("program", report, ProgramAnswer.class);
    }

    /** The archive of a version of this program. @param offset of the first octet that is wanted @return to be closed by the caller */
    public InputStream archive(String version, long offset) throws IOException {
        return packs().open("program/source/" + version, offset);
    }

    /** Tells, once, which copies of its packs this source found missing or wrong. @return how many count no more now */
    public int found(List<Finding> findings) throws IOException {
        Entity<Findings> body = Entity.json(new Findings(findings));
        return calls().once(calls().json("findings").buildPost(body), answer -> answer.readEntity(FindingsAnswer.class))
                .counted();
    }

    /** Tells, once, of restores that this source made. */
    public void restored(List<RestoreNote> restores) throws IOException {
        Entity<RestoreNotes> body = Entity.json(new RestoreNotes(restores));
        calls().once(calls().json("restores").buildPost(body), Response::getStatus);
    }

    @Override
    public synchronized void close() {
        if (calls != null) {
            calls.close();
        }
        former.forEach(ControlCalls::close);
    }

    private synchronized ControlCalls calls() throws IOException {
        if (calls == null) {
            calls = new ControlCalls(machines, tls(), pause);
        }
        return calls;
    }

    private synchronized PackCalls packs() throws IOException {
        if (packs == null) {
            packs = new PackCalls(machines, tls());
        }
        return packs;
    }

    private synchronized HttpClient http() throws IOException {
        if (http == null) {
            http = PackCalls.client(tls());
        }
        return http;
    }

    private SSLContext tls() throws IOException {
        if (tls == null) {
            refuseExpired();
            tls = MutualTls.context(identity, Central::isCentral);
        }
        return tls;
    }

    private void refuseExpired() throws IOException {
        try {
            identity.certificate().checkValidity();
        } catch (CertificateExpiredException e) {
            throw new IOException(
                    "This machine's certificate expired on "
                            + identity.certificate().getNotAfter().toInstant()
                            + ". Restores from hosts still work; to back up again, let this machine reach central, which"
                            + " renews the certificate unless the machine was shut out.",
                    e);
        } catch (CertificateNotYetValidException e) {
            throw new IOException("This machine's clock is before its certificate's time. Set the clock.", e);
        }
    }

    private static String text(Response answer) {
        InputStream octets = answer.readEntity(InputStream.class);
        boolean packed = "gzip".equalsIgnoreCase(answer.getHeaderString("Content-Encoding"));
        try (InputStream in = packed ? new GZIPInputStream(octets) : octets) {
            return new String(ClosedAnswers.atMost(LARGEST_MASTER_FILE, in), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProcessingException(e);
        }
    }
}
