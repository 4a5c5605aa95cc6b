using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LofteEvents.Server.Pages;

/// <summary>The pages for citizens: made on the server, readable without script.</summary>
internal static class PagesHosting
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages().AddMvcOptions(options => options.Filters.Add<PageHeaders>());
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

    /// <summary>A page is of one language, and of one position: whoever keeps it asks again before showing it.</summary>
    private sealed class PageHeaders : IAlwaysRunResultFilter
    {
        public void OnResultExecuting(ResultExecutingContext context)
        {
            var headers = context.HttpContext.Response.Headers;
            headers.Vary = "Accept-Language";
            headers.ContentLanguage = PageLanguage.Of(context.HttpContext.Request).Tag;
            headers.CacheControl = "no-cache";
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}
