package org.cranny.central.reliability;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;

/** How often others looked at a system in one hour, and how often they reached it. */
@Entity
@Table(name = "looks")
class LooksRow {
    /** A system and an hour since 1970. */
    @Embeddable
    static class Hour {
        private long system;

        @Column(name = "epoch_hour")
        private long epochHour;

        protected Hour() {}

        Hour(long system, long epochHour) {
            this.system = system;
            this.epochHour = epochHour;
        }

        long system() {
            return system;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Hour that && system == that.system && epochHour == that.epochHour;
        }

        @Override
        public int hashCode() {
            return Objects.hash(system, epochHour);
        }
    }

    @EmbeddedId
    private Hour hour;

    private long reached;
    private long total;

    protected LooksRow() {}

    LooksRow(Hour hour) {
        this.hour = hour;
    }

    void add(long moreReached, long moreTotal) {
        reached += moreReached;
        total += moreTotal;
    }
}
