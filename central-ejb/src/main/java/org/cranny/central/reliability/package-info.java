/** What hosts report, and how reliably they can be reached. */
package org.cranny.central.reliability;
