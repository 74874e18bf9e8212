/** Central's interface for programs, {@code /api/v1}: each resource asks one facade and says nothing of its own. */
package org.cranny.web.api;
