using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LofteEvents;

/// <summary>
/// JSON that every reader, <c>jsonb</c> and canonical JSON (RFC 8785) understand alike, close to I-JSON (RFC 7493): numbers are
/// integers within ±(2^53−1) without fraction or exponent, names are unique in their object, no lone surrogates, no U+0000, and
/// at most <see cref="MaxDepth"/> levels. A sound document is checked in one pass without allocating.
/// </summary>
public static class StrictJson
{
    /// <summary>Levels of objects and arrays; the outermost is the first.</summary>
    public const int MaxDepth = 32;

    /// <summary>After so many faults the rest of a document is not looked at.</summary>
    public const int MaxFaults = 100;

    /// <summary>Every fault of one JSON document in UTF-8, with pointers from its root; none when it is sound.</summary>
    public static IReadOnlyList<Fault> Check(ReadOnlySpan<byte> utf8) => Check(utf8, MaxDepth);

    /// <param name="utf8">One JSON document.</param>
    /// <param name="maxDepth">Where the document wraps what the limit is meant for, such as an envelope: the limit plus the
    /// wrapping.</param>
    public static IReadOnlyList<Fault> Check(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var walk = new Walk(utf8, maxDepth <= 64 ? stackalloc Frame[maxDepth] : new Frame[maxDepth]);
        try
        {
            walk.Run();
        }
        catch (JsonException e)
        {
            walk.AddSyntaxFault(e);
        }
        finally
        {
            walk.Dispose();
        }

        return walk.Faults;
    }

    /// <summary>One pass over a document, with the way down to where it is.</summary>
    private ref struct Walk(ReadOnlySpan<byte> utf8, Span<Frame> frames)
    {
        private const int FewNames = 24;

        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private readonly Span<Frame> _frames = frames;
        private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        private int _depth;
        private Range[] _names = ArrayPool<Range>.Shared.Rent(64);
        private int _nameCount;
        private Dictionary<int, HashSet<string>>? _manyNames;
        private List<Fault>? _faults;

        public readonly IReadOnlyList<Fault> Faults => _faults ?? (IReadOnlyList<Fault>)[];

        public readonly void Dispose() => ArrayPool<Range>.Shared.Return(_names);

        public void Run()
        {
            while ((_faults is null || _faults.Count < MaxFaults) && _reader.Read())
            {
                switch (_reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        Name();
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        NextItem();
                        Enter();
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        Leave();
                        break;
                    default:
                        NextItem();
                        Value();
                        break;
                }
            }
        }

        public void AddSyntaxFault(JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            var column = (e.BytePositionInLine ?? 0) + 1;
            Add(
                _utf8.IsEmpty
                    ? "There is nothing here where a JSON document belongs."
                    : $"This is no JSON from line {line}, byte {column} on; check the quotes, commas and brackets there.",
                (int)line);
        }

        private void Enter()
        {
            if (_depth == _frames.Length)
            {
                Add($"The document is deeper than {_frames.Length} levels here; make it flatter.");
                _reader.Skip();
                return;
            }

            _frames[_depth++] = new Frame(_nameCount, _reader.TokenType == JsonTokenType.StartArray ? -1 : null);
        }

        private void Leave()
        {
            _manyNames?.Remove(_depth);
            _nameCount = _frames[--_depth].FirstName;
        }

        /// <summary>In an array, moves on to the item that was just read.</summary>
        private void NextItem()
        {
            if (_depth > 0 && _frames[_depth - 1].Index is { } index)
                _frames[_depth - 1].Index = index + 1;
        }

        private void Name()
        {
            ref var frame = ref _frames[_depth - 1];
            var start = (int)_reader.TokenStartIndex + 1;
            frame.Name = start..(start + _reader.ValueSpan.Length);
            Text("name");
            if (IsTwice(ref frame))
                Add("This name stands twice in its object; keep one of them.");

            if (_nameCount == _names.Length)
                GrowNames();

            _names[_nameCount++] = frame.Name;
        }

        private bool IsTwice(ref Frame frame)
        {
            var name = _utf8[frame.Name];
            var count = _nameCount - frame.FirstName;
            if (count >= FewNames)
                return IsTwiceAmongMany(ref frame);

            foreach (var earlier in _names.AsSpan(frame.FirstName, count))
            {
                var other = _utf8[earlier];
                if (other.SequenceEqual(name))
                    return true;
                if ((_reader.ValueIsEscaped || other.Contains((byte)'\\')) && Unescaped(other) == Unescaped(name))
                    return true;
            }

            return false;
        }

        /// <summary>Large objects are looked up by hash, so that many names cost no more than their number.</summary>
        private bool IsTwiceAmongMany(ref Frame frame)
        {
            _manyNames ??= [];
            if (!_manyNames.TryGetValue(_depth, out var seen))
            {
                _manyNames[_depth] = seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var earlier in _names.AsSpan(frame.FirstName, _nameCount - frame.FirstName))
                    seen.Add(Unescaped(_utf8[earlier]));
            }

            return !seen.Add(Unescaped(_utf8[frame.Name]));
        }

        private void GrowNames()
        {
            var larger = ArrayPool<Range>.Shared.Rent(_names.Length * 2);
            _names.CopyTo(larger, 0);
            ArrayPool<Range>.Shared.Return(_names);
            _names = larger;
        }

        private void Value()
        {
            if (_reader.TokenType == JsonTokenType.String)
                Text("text");
            else if (_reader.TokenType == JsonTokenType.Number && StrictNumber.Fault(_reader.ValueSpan) is { } fault)
                Add(fault);
        }

        private void Text(string what)
        {
            var raw = _reader.ValueSpan;
            if (!Utf8.IsValid(raw))
                Add($"This {what} is not valid UTF-8; encode it anew.");
            else if (_reader.ValueIsEscaped && StrictText.Fault(raw) is { } fault)
                Add($"This {what} {fault}");
        }

        private void Add(string detail, int? line = null) =>
            (_faults ??= []).Add(new Fault(Pointer(), detail) { Line = line });

        private readonly string Pointer()
        {
            var pointer = "";
            for (var i = 0; i < _depth; i++)
            {
                ref readonly var frame = ref _frames[i];
                if (frame.Index is { } index)
                    pointer = index < 0 ? pointer : JsonPointer.Item(pointer, index);
                else if (!frame.Name.Equals(default))
                    pointer = JsonPointer.Member(pointer, Unescaped(_utf8[frame.Name]));
            }

            return pointer;
        }

        /// <summary>The text of a name as people read it; what is no text shows as U+FFFD.</summary>
        private static string Unescaped(ReadOnlySpan<byte> raw) =>
            raw.Contains((byte)'\\') ? StrictText.Unescaped(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>One open object or array.</summary>
    private struct Frame(int firstName, int? index)
    {
        /// <summary>Where its own names begin among all open objects' names.</summary>
        public readonly int FirstName = firstName;

        /// <summary>In an array the current item; null in an object.</summary>
        public int? Index = index;

        /// <summary>In an object the current name, as bytes of the document between its quotes.</summary>
        public Range Name;
    }
}
