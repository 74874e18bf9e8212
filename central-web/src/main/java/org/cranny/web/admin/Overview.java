package org.cranny.web.admin;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;

/** The first page: how things stand, who lends space, what was backed up and where it lies. */
@Named
@RequestScoped
public class Overview {
    private static final int SNAPSHOTS_A_MACHINE = 10;
    private static final int SNAPSHOTS_SHOWN = 50;

    @Inject
    Hosts hosts;

    @Inject
    Systems systems;

    @Inject
    Snapshots snapshots;

    @Inject
    Settings settings;

    private State state;
    private List<HostRow> hostRows;
    private List<SnapshotRow> snapshotRows;

    @PostConstruct
    void look() {
        Moments moments = new Moments(Instant.now(), ZoneId.systemDefault());
        List<HostStatus> lending = hosts.all();
        List<SnapshotRow> rows = new ArrayList<>();
        int sources = 0;
        int covered = 0;
        for (Machine machine : systems.all()) {
            if (machine.isSource() && !machine.revoked()) {
                List<SnapshotSummary> own = snapshots.summaries(machine.number(), SNAPSHOTS_A_MACHINE);
                sources++;
                covered += own.isEmpty() ? 0 : 1;
                own.forEach(snapshot -> rows.add(SnapshotRow.of(machine, snapshot, moments)));
            }
        }
        state = new State(sources, covered, lending);
        hostRows = lending.stream().map(host -> HostRow.of(host, moments)).toList();
        snapshotRows = rows.stream()
                .sorted(Comparator.comparing(SnapshotRow::received).reversed())
                .limit(SNAPSHOTS_SHOWN)
                .toList();
    }

    public String getHeadline() {
        return state.headline(texts());
    }

    public String getSubline() {
        return state.subline(texts());
    }

    public boolean isOneMachine() {
        return state.isOneMachine();
    }

    public boolean isTooFewHosts() {
        return state.hosts().size() < 2;
    }

    public String getLent() {
        return Amounts.bytes(state.lentBytes());
    }

    public String getFree() {
        return Amounts.bytes(state.freeBytes());
    }

    public String getKept() {
        return Amounts.bytes(state.keptBytes());
    }

    public int getKeptPercent() {
        return Amounts.percent(state.keptBytes(), state.lentBytes());
    }

    public int getProtectedPercent() {
        return Amounts.percent(state.protectedMachines(), state.machines());
    }

    public int getProtectedMachines() {
        return state.protectedMachines();
    }

    public int getMachines() {
        return state.machines();
    }

    public long getAccepting() {
        return hostRows.stream().filter(HostRow::isAccepting).count();
    }

    public List<HostRow> getHosts() {
        return hostRows;
    }

    public List<SnapshotRow> getSnapshots() {
        return snapshotRows;
    }

    public String getMachinesUrl() {
        return settings.machinesUrl();
    }

    private static ResourceBundle texts() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return faces.getApplication().getResourceBundle(faces, "t");
    }
}
