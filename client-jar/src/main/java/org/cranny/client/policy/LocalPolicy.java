package org.cranny.client.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.cranny.client.central.PolicyText;
import org.cranny.client.enrollment.Deposits;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.machine.Machine;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.policy.EffectivePolicy;

/** Keeps the newest policy that central gave this source. */
public final class LocalPolicy {
    private final Machine machine;

    public LocalPolicy(Machine machine) {
        this.machine = machine;
    }

    /** What is kept; empty before the first one came, or when the file was damaged. */
    public Optional<EffectivePolicy> kept() throws IOException {
        Path file = machine.home().policyFile();
        try {
            return Optional.of(PolicyText.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException | MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * What central says, or what it said last while it is away.
     *
     * @throws CatalogueAwayException when it is away and nothing is kept
     */
    public EffectivePolicy newest() throws IOException {
        try {
            return refresh();
        } catch (CatalogueAwayException away) {
            return kept().orElseThrow(() -> away);
        }
    }

    /**
     * Asks central, and keeps what it says, once central has or has not what lists this machine's files, as the policy wants.
     *
     * @throws CatalogueAwayException when central does not answer; what was kept stays
     */
    public EffectivePolicy refresh() throws IOException {
        Optional<EffectivePolicy> before = kept();
        Optional<EffectivePolicy> fresh =
                machine.central().policy(before.map(EffectivePolicy::tag).orElse(null));
        if (fresh.isEmpty()) {
            return before.orElseThrow(() -> new IOException("Central sent no policy. Try again later."));
        }
        Deposits.follow(
                machine.central(),
                machine.keyRing(),
                machine.realmKeys(),
                fresh.get().policy());
        byte[] octets = (PolicyText.of(fresh.get()) + "\n").getBytes(StandardCharsets.UTF_8);
        DurableFiles.write(machine.home().policyFile(), octets);
        return fresh.get();
    }
}
