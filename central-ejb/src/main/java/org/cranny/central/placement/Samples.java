package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.cranny.central.database.Database;
import org.cranny.protocol.fragment.FragmentId;

/** Draws some of what a host should keep; each of its fragments is as likely as any other. */
@ApplicationScoped
public class Samples {
    private static final String KEPT = " from FragmentRow f, PackRow p where p.id = f.pack and f.host = :host"
            + " and f.state = org.cranny.central.placement.FragmentRow.State.KEPT";

    private final Database database;

    protected Samples() {
        this(null);
    }

    @Inject
    public Samples(Database database) {
        this.database = database;
    }

    /** @param most how many; fewer when the host keeps fewer */
    public List<Sample> draw(long host, int most, RandomGenerator random) {
        return database.read(entities -> {
            long count = entities.createQuery("select count(f)" + KEPT, Long.class)
                    .setParameter("host", host)
                    .getSingleResult();
            SortedSet<Integer> places = new TreeSet<>();
            while (places.size() < Math.min(most, count)) {
                places.add(random.nextInt((int) Math.min(count, Integer.MAX_VALUE)));
            }
            List<Sample> drawn = new ArrayList<>();
            for (int place : places) {
                entities.createQuery(
                                "select p.source, p.pack, f.fragment, f.length" + KEPT + " order by f.id",
                                Object[].class)
                        .setParameter("host", host)
                        .setFirstResult(place)
                        .setMaxResults(1)
                        .getResultStream()
                        .map(Samples::sample)
                        .forEach(drawn::add);
            }
            return drawn;
        });
    }

    private static Sample sample(Object[] row) {
        return new Sample((Long) row[0], FragmentId.of((String) row[1]), FragmentId.of((String) row[2]), (Long) row[3]);
    }
}
