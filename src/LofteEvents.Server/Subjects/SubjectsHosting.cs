using LofteEvents.Postgres;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Subjects;

/// <summary>Sealing, opening and forgetting of personal data in the running server.</summary>
internal static class SubjectsHosting
{
    /// <exception cref="MasterKeyException">They are not those of this database, or cannot be made.</exception>
    public static Task OpenMasterKeysAsync(
        SubjectSettings settings, LofteDatabase database, CancellationToken cancellationToken) =>
        new MasterKeyEpochs(database.App, new MasterKeyFolder(settings.MasterKeys), settings, TimeProvider.System)
            .OpenAsync(mayBegin: true, cancellationToken);

    public static IServiceCollection AddSubjects(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings.Subjects);
        services.AddSingleton(new MasterKeyFolder(settings.Subjects.MasterKeys));
        services.AddSingleton(provider => new SubjectKeyRing(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<MasterKeyFolder>(),
            settings.Sealing.Options.Authority));
        services.AddSingleton<SealedParts>();
        services.AddSingleton<SubjectForgetting>();
        services.AddSingleton<SubjectRetention>();
        services.AddSingleton<MasterKeyEpochs>();
        services.AddHostedService<SubjectsUpkeep>();
        return services;
    }
}
