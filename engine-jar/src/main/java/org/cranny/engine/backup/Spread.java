package org.cranny.engine.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cranny.engine.placement.Holding.Fragment;
import org.cranny.engine.placement.NotEnoughHostsException;
import org.cranny.engine.placement.Placement;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.signing.Signed;

/**
 * Puts the copies of one pack on hosts, all at once, and goes on to other hosts when one is full, away or refuses.
 * A pack is spread when every copy has a receipt; when hosts run out, the floor of two in distinct failure domains is
 * enough, and less is not.
 */
final class Spread {
    private final Placement placement;
    private final Hosts hosts;
    private final ExecutorService senders;
    private final BackupListener listener;
    private final Encounters encounters;

    Spread(Placement placement, Hosts hosts, ExecutorService senders, Encounters encounters, BackupListener listener) {
        this.placement = placement;
        this.encounters = encounters;
        this.hosts = hosts;
        this.senders = senders;
        this.listener = listener;
    }

    /** Returns the copies' holders with their receipts. */
    List<Fragment> spread(SpooledPack pack) throws IOException, InterruptedException {
        List<Host> holders = new ArrayList<>();
        List<Fragment> fragments = new ArrayList<>();
        int wanted = pack.entry().redundancy().n();
        while (fragments.size() < wanted) {
            List<Host> next = pick(pack, wanted - fragments.size(), holders);
            if (next.isEmpty()) {
                break;
            }
            List<Future<Signed>> sent = new ArrayList<>();
            for (Host host : next) {
                sent.add(senders.submit(() -> hosts.put(host, pack.entry().pack(), pack.file())));
            }
            for (int i = 0; i < next.size(); i++) {
                Signed receipt = receipt(next.get(i), sent.get(i));
                if (receipt != null) {
                    fragments.add(new Fragment(fragments.size(), next.get(i).id(), receipt.bytes()));
                    holders.add(next.get(i));
                }
            }
        }
        return fragments;
    }

    /** As many hosts as there are, none when the copies that exist have to do. */
    private List<Host> pick(SpooledPack pack, int missing, List<Host> holders) throws NotEnoughHostsException {
        for (int count = missing; count > 0; count--) {
            try {
                return placement.pick(
                        count,
                        pack.entry().length(),
                        holders,
                        pack.entry().redundancy().k());
            } catch (NotEnoughHostsException e) {
                if (count == 1 && holders.size() < Placement.FLOOR) {
                    throw e;
                }
            }
        }
        return List.of();
    }

    private Signed receipt(Host host, Future<Signed> sent) throws IOException, InterruptedException {
        try {
            Signed receipt = sent.get();
            encounters.reached(host);
            return receipt;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransferException failure) {
                encounters.failed(host, failure);
                if (placement.fail(host)) {
                    listener.hostFailed(host, failure.getMessage());
                }
                return null;
            }
            throw new IOException("A pack could not be sent to " + host.name() + ": " + e.getCause(), e.getCause());
        }
    }
}
