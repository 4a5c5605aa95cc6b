using System.Runtime.CompilerServices;

namespace LofteEvents.CritterStack;

/// <summary>
/// A payload as its publisher wrote it. Marten finds an event's stored name by the class of its data and asks the serializer
/// for its text; so an empty instance of that class stands for the payload, and <see cref="CoreSerializer"/> writes the bytes
/// that belong to it. Nothing is serialised anew, and nothing reads the instance: who wants the event reads the row.
/// </summary>
internal static class SaidPayload
{
    private static readonly ConditionalWeakTable<object, byte[]> Payloads = [];

    /// <exception cref="ArgumentException">The type is none of this version's.</exception>
    public static object Of(NewEvent said)
    {
        if (!EventCatalogue.TryFind(said.Type, out var type))
        {
            throw new ArgumentException(
                $"Event {said.Id} is a {said.Type}, which this version does not know; Marten cannot store it.");
        }

        var standIn = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        Payloads.Add(standIn, said.Data.ToArray());
        return standIn;
    }

    public static byte[]? BytesOf(object data) => Payloads.TryGetValue(data, out var bytes) ? bytes : null;
}
