using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TenantPortal.Web.Infrastructure.Content;

public abstract record YamlNode(int Line);
public sealed record YamlText(string Value, int Line) : YamlNode(Line);
public sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);
public sealed record YamlMap(IReadOnlyDictionary<string, YamlNode> Entries, IReadOnlyDictionary<string, int> Lines, int Line) : YamlNode(Line);

/// <summary>YAML as plain texts, lists and maps with line numbers: no anchors, aliases, tags or duplicate keys, at most 8 levels deep.</summary>
public sealed class YamlTree
{
    public const int Deepest = 8;
    private readonly ContentFile file;
    private readonly int firstLine;
    private readonly Parser parser;

    private YamlTree(ContentFile file, string text, int firstLine) => (this.file, this.firstLine, parser) = (file, firstLine, new Parser(new StringReader(text)));

    public static YamlMap? ReadMap(ContentFile file) => ReadMap(file, file.Text, 1);

    /// <summary>Reads one map out of a part of the file that begins at <paramref name="firstLine"/>; null when it is refused, with the problem noted.</summary>
    public static YamlMap? ReadMap(ContentFile file, string text, int firstLine)
    {
        var tree = new YamlTree(file, text, firstLine);
        try
        {
            if (tree.ReadDocument() is not { } node) return null;
            if (node is YamlMap map) return map;
            file.Problem(node.Line, "Expected “name: value” lines here.");
        }
        catch (YamlException e)
        {
            file.Problem(tree.LineOf(e.Start), Sentence(e));
        }
        return null;
    }

    private YamlNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            file.Problem(firstLine, "Nothing is written here.");
            return null;
        }
        if (Read(1) is not { } node) return null;
        parser.Consume<DocumentEnd>();
        if (parser.Accept<StreamEnd>(out _)) return node;
        file.Problem(LineOf(parser.Current!.Start), "A file holds one document; remove the second one.");
        return null;
    }

    // null: refused; the reader stops at the first such place, since what follows can no longer be trusted
    private YamlNode? Read(int depth)
    {
        var at = parser.Current is null && !parser.MoveNext() ? firstLine : LineOf(parser.Current!.Start);
        var refused = parser.Current switch
        {
            AnchorAlias => "Aliases (*name) are not allowed. Write the value out.",
            NodeEvent { Anchor.IsEmpty: false } => "Anchors (&name) are not allowed. Write the value out.",
            NodeEvent { Tag.IsEmpty: false } => "Tags (!name) are not allowed.",
            _ when depth > Deepest => $"This is nested more than {Deepest} levels deep.",
            _ => null,
        };
        if (refused is not null)
        {
            file.Problem(at, refused);
            return null;
        }
        if (parser.TryConsume<Scalar>(out var scalar)) return new YamlText(scalar.Value is "~" or "null" && scalar.Style == ScalarStyle.Plain ? "" : scalar.Value, at);
        if (parser.TryConsume<SequenceStart>(out _)) return ReadList(at, depth);
        parser.Consume<MappingStart>();
        return ReadMap(at, depth);
    }

    private YamlList? ReadList(int line, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Read(depth + 1) is not { } item) return null;
            items.Add(item);
        }
        return new(items, line);
    }

    private YamlMap? ReadMap(int line, int depth)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Read(depth + 1) is not { } key) return null;
            if (key is not YamlText { Value: var name })
            {
                file.Problem(key.Line, "A name must be plain text.");
                return null;
            }
            if (Read(depth + 1) is not { } value) return null;
            if (!entries.TryAdd(name, value))
            {
                file.Problem(key.Line, $"“{name}” is written twice; the first is on line {lines[name]}.");
                return null;
            }
            lines[name] = key.Line;
        }
        return new(entries, lines, line);
    }

    private int LineOf(Mark mark) => (int)Math.Min(mark.Line, int.MaxValue) + firstLine - 1;

    private static string Sentence(YamlException e)
    {
        var message = e.Message;
        var colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return "This is not valid YAML: " + (colon < 0 ? message : message[(colon + 3)..]).TrimEnd('.') + ". Put texts with : # { [ or quotes in double quotes.";
    }
}
