package org.cranny.central.job;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;

/** A page of a job's paths; added with the job, never changed. */
@Entity
@Table(name = "job_paths")
class JobPathsRow {
    /** A job and a page of it, counted from 1. */
    @Embeddable
    static class Page {
        private long job;
        private int page;

        protected Page() {}

        Page(long job, int page) {
            this.job = job;
            this.page = page;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Page that && job == that.job && page == that.page;
        }

        @Override
        public int hashCode() {
            return Objects.hash(job, page);
        }
    }

    @EmbeddedId
    private Page page;

    private byte[] octets;

    protected JobPathsRow() {}

    JobPathsRow(Page page, byte[] octets) {
        this.page = page;
        this.octets = octets;
    }

    byte[] octets() {
        return octets;
    }
}
