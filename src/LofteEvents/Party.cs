namespace LofteEvents;

/// <summary>Who took part: an organisation, never a person.</summary>
/// <param name="Name">Kebab-case, such as <c>polis</c>, <c>kommun</c> or <c>trafikverket</c>.</param>
/// <param name="Role">What the party did, kebab-case: <c>lead</c>, <c>chair</c>, <c>participant</c> …</param>
public sealed record Party(string Name, string? Role = null);
