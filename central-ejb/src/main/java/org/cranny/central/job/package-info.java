/** Work for sources: asked for by people and schedules, claimed by one agent at a time, ended once. */
package org.cranny.central.job;
