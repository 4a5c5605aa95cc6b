using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace LofteEvents.Server.Pages;

/// <summary>The pages for citizens: made on the server, readable without script.</summary>
internal static class PagesHosting
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<BrowserConstraint>("browser"));

        // Letters such as å, ä and ö stay readable in the source of a page; what HTML gives a meaning is still escaped.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services;
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPageAssets();
        endpoints.MapRazorPages().AllowAnonymous();
        return endpoints;
    }
}
