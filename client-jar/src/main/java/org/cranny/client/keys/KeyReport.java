package org.cranny.client.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cranny.client.machine.Machine;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.enrollment.DepositLine;

/**
 * How a source's keys are, without any secret.
 *
 * @param generations oldest first; the last one seals
 * @param waiting whether a rotation was interrupted
 * @param centralTrouble why it is not known what is deposited, or empty
 */
public record KeyReport(List<Generation> generations, boolean waiting, Optional<String> centralTrouble) {
    public KeyReport {
        generations = List.copyOf(generations);
    }

    /** One generation of the ring. @param deposited when central first had it, ISO 8601; null when it has not or is away */
    public record Generation(int number, String deposited) {}

    /** Asks central for the dates; its silence is no obstacle. */
    public static KeyReport of(Machine machine) throws IOException {
        Map<Integer, String> deposited = Map.of();
        Optional<String> trouble = Optional.empty();
        try {
            deposited = machine.central().deposits().stream()
                    .collect(
                            Collectors.toMap(DepositLine::generation, DepositLine::deposited, (first, later) -> first));
        } catch (CatalogueAwayException away) {
            trouble = Optional.of(away.getMessage());
        }
        List<Generation> generations = new ArrayList<>();
        for (int number : machine.keyRing().generations()) {
            generations.add(new Generation(number, deposited.get(number)));
        }
        return new KeyReport(generations, !Files.notExists(machine.home().nextKeyRing()), trouble);
    }

    /** The generation that seals new packs. */
    public int sealing() {
        return generations.get(generations.size() - 1).number();
    }

    /** Whether central was asked and has not what opens the newest packs: its database was brought back from a copy. */
    public boolean missing() {
        return centralTrouble.isEmpty()
                && generations.get(generations.size() - 1).deposited() == null;
    }
}
