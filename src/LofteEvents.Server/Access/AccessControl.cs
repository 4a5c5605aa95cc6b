using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace LofteEvents.Server.Access;

/// <summary>
/// Who may do what. Everything is denied that does not say otherwise: an endpoint names the roles that it is for
/// (<see cref="ForRoles"/>), takes whoever is signed in (<see cref="ForSignedIn"/>), or says <c>AllowAnonymous</c>.
/// </summary>
internal static class AccessControl
{
    public static IServiceCollection AddAccess(this IServiceCollection services, ServerSettings settings)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddSingleton<RememberingTokenHandler>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => new BearerOptions(
            settings, provider.GetRequiredService<RememberingTokenHandler>(), provider.GetService<DevelopmentIssuer>()));
        if (settings is { IsDevelopment: true, Authority: null })
        {
            services.AddSingleton(_ => DevelopmentIssuer.Open(settings.Database.DataFolder, settings.Audience));
        }

        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        return services;
    }

    /// <summary>Only for callers with one of the roles.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder endpoints, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(roles).Build());

    /// <summary>For whoever is signed in; the endpoint itself decides further.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization();

    private sealed class BearerOptions(
        ServerSettings settings, RememberingTokenHandler handler, DevelopmentIssuer? developmentIssuer)
        : IConfigureNamedOptions<JwtBearerOptions>
    {
        public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

        public void Configure(string? name, JwtBearerOptions options)
        {
            options.TokenHandlers.Clear();
            options.TokenHandlers.Add(handler);
            options.SaveToken = false;
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                NameClaimType = "name",
                RoleClaimType = Caller.RolesClaim,
                ValidAudience = settings.Audience,
                ClockSkew = TimeSpan.FromSeconds(30),
                ValidAlgorithms = Algorithms,
            };
            if (settings.Authority is { } authority)
            {
                options.Authority = authority.ToString();
                options.RequireHttpsMetadata = !settings.IsDevelopment;
            }
            else
            {
                options.TokenValidationParameters.ValidIssuer = DevelopmentIssuer.Name;
                options.TokenValidationParameters.IssuerSigningKey = developmentIssuer?.SigningKey
                    ?? throw new InvalidOperationException("Without an authority there is the development issuer.");
            }

            options.Events = new JwtBearerEvents
            {
                OnTokenValidated = WantSubject,
                OnAuthenticationFailed = TellIssuerFromToken,
                OnChallenge = Challenge,
                OnForbidden = Forbid,
            };
        }

        /// <summary>Asymmetric only: no token can be signed with a published key taken for a shared secret.</summary>
        private static readonly string[] Algorithms =
        [
            SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
            SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
            SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        ];

        /// <summary>What is recorded is recorded with who said it.</summary>
        private static Task WantSubject(TokenValidatedContext context)
        {
            if (context.Principal?.Subject() is not { Length: > 0 })
            {
                context.Fail(new SecurityTokenValidationException("The token has no claim sub."));
            }

            return Task.CompletedTask;
        }

        /// <summary>
        /// Where the issuer's keys cannot be had, nothing is known of the token: that is no fault of the caller's.
        /// </summary>
        private static Task TellIssuerFromToken(AuthenticationFailedContext context) =>
            context.Exception is IssuerUnavailableException away ? throw away : Task.CompletedTask;

        private static async Task Challenge(JwtBearerChallengeContext context)
        {
            context.HandleResponse();
            context.Response.Headers.WWWAuthenticate =
                context.AuthenticateFailure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
            await Problems.NotSignedIn(Reason(context.AuthenticateFailure)).ExecuteAsync(context.HttpContext);
        }

        private static Task Forbid(ForbiddenContext context) =>
            Problems.ForStatus(StatusCodes.Status403Forbidden).ExecuteAsync(context.HttpContext);

        private static string? Reason(Exception? failure) => failure switch
        {
            null => null,
            SecurityTokenExpiredException => "The token has expired. Get a new one.",
            SecurityTokenNotYetValidException => "The token is not valid yet. Check the clocks.",
            SecurityTokenInvalidAudienceException =>
                "The token is for another audience. Ask for one whose audience is this server's.",
            SecurityTokenInvalidIssuerException => "The token's issuer is not the one that this server trusts.",
            _ => "The token is not valid here. Get a new one from the issuer that this server trusts.",
        };
    }
}
