/** The first page: how things stand, who needs somebody, what runs. */
package org.cranny.web.pages.overview;
