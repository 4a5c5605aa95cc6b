using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LofteEvents.Server.Pages;

/// <summary>
/// The files under <c>wwwroot</c>, carried inside the assembly so that they are there whatever folder the server is started in.
/// Their addresses hold a digest of their content, so a browser may keep them for good.
/// </summary>
internal static class PageAssets
{
    private static readonly PageAsset[] s_all =
    [
        new("lofte.css", "text/css; charset=utf-8"),
        new("lofte.svg", "image/svg+xml"),
        new("lofte.js", "text/javascript; charset=utf-8"),
    ];

    public static string Style { get; } = s_all[0].Address;

    public static string Icon { get; } = s_all[1].Address;

    public static string Script { get; } = s_all[2].Address;

    public static void MapPageAssets(this IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in s_all)
        {
            endpoints.MapGet("/" + asset.Name, (HttpContext context) => asset.Answer(context))
                .AllowAnonymous()
                .ExcludeFromDescription();
        }
    }

    private sealed class PageAsset
    {
        private readonly byte[] _content;
        private readonly string _digest;
        private readonly string _contentType;

        public PageAsset(string name, string contentType)
        {
            Name = name;
            _contentType = contentType;
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"The file wwwroot/{name} is not in the assembly.");
            _content = new byte[stream.Length];
            stream.ReadExactly(_content);
            _digest = Convert.ToHexStringLower(SHA256.HashData(_content))[..16];
        }

        public string Name { get; }

        public string Address => $"/{Name}?v={_digest}";

        public FileContentHttpResult Answer(HttpContext context)
        {
            context.Response.Headers.CacheControl =
                context.Request.Query["v"] == _digest ? "public, max-age=31536000, immutable" : "public, max-age=300";
            return TypedResults.Bytes(_content, _contentType, entityTag: new($"\"{_digest}\""));
        }
    }
}
