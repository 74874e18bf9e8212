/** What central wants of a source: what is backed up, when and how. */
package org.cranny.protocol.policy;
