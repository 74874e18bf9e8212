package org.cranny.daemon.web;

import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.shelf.Fragment;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Counters.Counter;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Leaf;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;

/**
 * Proves that the caller's fragments are still here, by leaves and paths made from what the disk holds now. Of a
 * fragment that lost its end the length tells, and leaves that are gone are left out.
 */
@WebServlet(urlPatterns = "/v1/proofs")
public class ProofServlet extends MachineServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_OCTETS = 256 * 1024;
    private static final int MOST_CHALLENGES = 256;
    private static final int MOST_LEAVES = 256;

    @Inject
    private transient Shelf shelf;

    @Inject
    private transient Grants grants;

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            throw methodNotKnown(request);
        }
        Reading reading = Reading.of(request, grants);
        List<Proof> proofs = new ArrayList<>();
        for (Challenge challenge : read(request)) {
            reading.reach(id(challenge.fragment()));
            reading.use((long) challenge.leaves().size() * LeafHashes.LEAF_OCTETS);
            proofs.add(prove(reading.source(), challenge));
        }
        counters().add(Counter.PROOFS, proofs.size());
        send(response, 200, new Proofs(proofs));
    }

    private List<Challenge> read(HttpServletRequest request) {
        List<Challenge> challenges = parse(Orders.body(request, MOST_OCTETS), json());
        long leaves = challenges.stream().mapToLong(one -> one.leaves().size()).sum();
        if (challenges.size() > MOST_CHALLENGES || leaves > MOST_LEAVES) {
            throw bad(
                    "challenges", "at most " + MOST_CHALLENGES + " challenges and " + MOST_LEAVES + " leaves at once");
        }
        return challenges;
    }

    static List<Challenge> parse(byte[] body, Jsonb json) {
        try {
            Challenges asked = json.fromJson(ClosedJson.text(body), Challenges.class);
            if (asked == null || asked.challenges() == null) {
                throw bad("challenges", "the list of challenges is missing");
            }
            for (Challenge one : asked.challenges()) {
                if (one == null || one.leaves() == null || one.leaves().contains(null)) {
                    throw bad("leaves", "a challenge names a fragment and leaves");
                }
            }
            return asked.challenges();
        } catch (JsonbException | MalformedException e) {
            throw bad("challenges", "the body is not the JSON that is expected");
        }
    }

    private Proof prove(SystemId source, Challenge challenge) throws IOException {
        Optional<Fragment> here = shelf.open(source, id(challenge.fragment()));
        if (here.isEmpty()) {
            return new Proof(challenge.fragment(), -1, List.of());
        }
        try (Fragment fragment = here.get()) {
            LeafHashes hashes = fragment.hash();
            List<Leaf> leaves = new ArrayList<>();
            long count = LeafHashes.count(fragment.length());
            for (int number : challenge.leaves()) {
                if (number < 0) {
                    throw bad("leaves", "leaves are numbered from 0, not from " + number);
                }
                if (number >= count) {
                    continue;
                }
                String octets = Base64.getEncoder().encodeToString(fragment.leaf(number));
                List<String> path = hashes.path(number).stream()
                        .map(HexFormat.of()::formatHex)
                        .toList();
                leaves.add(new Leaf(number, octets, path));
            }
            return new Proof(challenge.fragment(), fragment.length(), leaves);
        }
    }

    static FragmentId id(String text) {
        try {
            return FragmentId.of(text);
        } catch (IllegalArgumentException e) {
            throw bad("fragment", e.getMessage());
        }
    }

    private static ProblemException bad(String field, String detail) {
        return new ProblemException(Problem.ofField(field, detail));
    }
}
