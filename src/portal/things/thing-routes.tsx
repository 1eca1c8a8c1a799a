import type { Hono } from "hono";
import { AuthorisationPage } from "./authorisations-page.tsx";
import { authorisationView } from "./authorisations.ts";
import { BodiesPage, BodyPage } from "./bodies-page.tsx";
import { bodiesView, bodyView } from "./bodies.ts";
import { DatasetsPage } from "./datasets-page.tsx";
import { DATASET_QUERIES, datasetsView } from "./datasets.ts";
import { FeePage } from "./fees-page.tsx";
import { feeView } from "./fees.ts";
import { OrganisationPage, OrganisationsPage } from "./organisations-page.tsx";
import { organisationsView, organisationView } from "./organisations.ts";
import { PermitPage, PermitsPage } from "./permits-page.tsx";
import { permitsView, permitView } from "./permits.ts";
import { PostPage, PostsPage } from "./posts-page.tsx";
import { postsView, postView } from "./posts.ts";
import { ProductPage, ProductsPage } from "./products-page.tsx";
import { productsView, productView } from "./products.ts";
import { PromisesPage } from "./promises-page.tsx";
import { promisesView } from "./promises.ts";
import { listRoute, thingRoute } from "./routes.tsx";
import { SystemPage, SystemsPage } from "./systems-page.tsx";
import { systemsView, systemView } from "./systems.ts";
import type { World } from "./world.ts";

/**
 * Lists of what is registered and a page for each thing, every one with a twin that ends in `.json`: from the register, the public log and
 * the public totals. Public. 404 where no such thing was entered, 400 for another spelling of an id or a page that is no number.
 */
export function thingRoutes(app: Hono, world: () => World): void {
  listRoute(app, world, {
    path: "/datasets",
    queries: DATASET_QUERIES,
    view: datasetsView,
    Page: DatasetsPage,
  });
  listRoute(app, world, {
    path: "/products",
    queries: ["form"],
    view: productsView,
    Page: ProductsPage,
  });
  listRoute(app, world, {
    path: "/bodies",
    view: bodiesView,
    Page: BodiesPage,
  });
  listRoute(app, world, {
    path: "/systems",
    queries: ["show"],
    view: systemsView,
    Page: SystemsPage,
  });
  listRoute(app, world, {
    path: "/organisations",
    queries: ["class"],
    view: organisationsView,
    Page: OrganisationsPage,
  });
  listRoute(app, world, {
    path: "/permits",
    queries: ["organisation", "product", "show"],
    view: permitsView,
    Page: PermitsPage,
  });
  listRoute(app, world, { path: "/posts", view: postsView, Page: PostsPage });
  listRoute(app, world, {
    path: "/promises",
    view: promisesView,
    Page: PromisesPage,
  });
  eachThing(app, world);
}

function eachThing(app: Hono, world: () => World): void {
  // Programs ask at the same address for what is offered to them: data-routes.ts.
  thingRoute(app, world, {
    kind: "product",
    view: productView,
    Page: ProductPage,
    pageOnly: true,
  });
  thingRoute(app, world, { kind: "body", view: bodyView, Page: BodyPage });
  thingRoute(app, world, {
    kind: "system",
    view: systemView,
    Page: SystemPage,
  });
  thingRoute(app, world, {
    kind: "organisation",
    view: organisationView,
    Page: OrganisationPage,
  });
  thingRoute(app, world, {
    kind: "authorisation",
    view: authorisationView,
    Page: AuthorisationPage,
  });
  thingRoute(app, world, {
    kind: "permit",
    view: permitView,
    Page: PermitPage,
  });
  thingRoute(app, world, { kind: "fee", view: feeView, Page: FeePage });
  thingRoute(app, world, { kind: "post", view: postView, Page: PostPage });
}
