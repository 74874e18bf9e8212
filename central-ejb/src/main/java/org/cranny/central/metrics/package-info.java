/** Figures of the realm for whoever watches it over time, in the text format of Prometheus. */
package org.cranny.central.metrics;
