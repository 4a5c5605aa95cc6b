using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Insatser;

/// <summary>The young people who were met in an insats, by the id that each is known under.</summary>
internal sealed record YoungPeople(ImmutableDictionary<Guid, YoungPerson> ById)
{
    public static YoungPeople None { get; } = new(ImmutableDictionary<Guid, YoungPerson>.Empty);

    public bool IsEmpty => ById.IsEmpty;

    public bool Knows(Guid person, [NotNullWhen(true)] out YoungPerson? known) => ById.TryGetValue(person, out known);

    public YoungPeople With(YouthEncountered said) => new(ById.SetItem(said.Person, new YoungPerson(said, said)));

    public YoungPeople With(YouthCorrected said)
    {
        var before = said.Replaces ?? said.Person;
        var first = ById.TryGetValue(before, out var known) ? known.First : said;
        return new(ById.SetItem(before, new YoungPerson(first, said)).SetItem(said.Person, new YoungPerson(first, said)));
    }
}

/// <param name="First">What was reported first, so that the same report under another id is known again.</param>
/// <param name="InForce">The newest facts: of another person, where this one's identity was corrected.</param>
internal sealed record YoungPerson(YouthFacts First, YouthFacts InForce);
