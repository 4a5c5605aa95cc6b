namespace LofteEvents.Server.Pages;

/// <summary>Matches what a person's browser asks for outside the API: a GET that prefers a page.</summary>
internal sealed class BrowserConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && PrefersPage(httpContext.Request);

    public static bool PrefersPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Path.StartsWithSegments("/api")
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == "text/html" && accepted.Quality is not 0);
}
