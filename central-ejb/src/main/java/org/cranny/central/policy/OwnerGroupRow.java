package org.cranny.central.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;

/** One group of the directory that the owner of a system is in. */
@Entity
@Table(name = "owner_group")
class OwnerGroupRow {
    /** A system and a place in the order of its owner's groups. */
    @Embeddable
    static class Place {
        private long system;
        private int position;

        protected Place() {}

        Place(long system, int position) {
            this.system = system;
            this.position = position;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place that && system == that.system && position == that.position;
        }

        @Override
        public int hashCode() {
            return Objects.hash(system, position);
        }
    }

    @EmbeddedId
    private Place place;

    private String label;

    @Column(name = "owner_mail")
    private String ownerMail;

    protected OwnerGroupRow() {}

    OwnerGroupRow(long system, int position, String label, String ownerMail) {
        place = new Place(system, position);
        this.label = label;
        this.ownerMail = ownerMail;
    }
}
