/** Nobody opens a machine's backups alone: one person asks, another one gives leave. */
package org.cranny.central.approval;
