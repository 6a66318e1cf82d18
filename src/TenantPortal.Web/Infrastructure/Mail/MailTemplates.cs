using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Subject, text and HTML of one mail, filled in.</summary>
public sealed record WrittenMail(string Subject, string Text, string Html);

/// <summary>The letters in content/mail: NAME.txt (first line the subject) and NAME.html inside layout.html. The grammar is {{name}} alone;
/// a line whose value is empty is left out, and an unknown name is an error.</summary>
public sealed partial class MailTemplates(PortalSettings settings)
{
    private readonly string folder = Path.Combine(settings.ContentFolder, "mail");
    private readonly Dictionary<string, string> files = Directory.Exists(Path.Combine(settings.ContentFolder, "mail"))
        ? Directory.EnumerateFiles(Path.Combine(settings.ContentFolder, "mail")).ToDictionary(f => Path.GetFileName(f), f => File.ReadAllText(f).ReplaceLineEndings("\n"), StringComparer.Ordinal)
        : [];

    public IEnumerable<string> Names => files.Keys.Where(f => f.EndsWith(".txt", StringComparison.Ordinal)).Select(f => f[..^4]).Order(StringComparer.Ordinal);

    public WrittenMail Write(string template, IReadOnlyDictionary<string, string> values)
    {
        var text = Read(template + ".txt");
        var split = text.IndexOf('\n', StringComparison.Ordinal);
        if (split < 0 || !text.StartsWith("Subject: ", StringComparison.Ordinal)) throw Wrong(template + ".txt", 1, "the first line must be \"Subject: …\"");
        var subject = MailHeaders.OneLine(Fill(template + ".txt", text["Subject: ".Length..split], values, v => v));
        var body = Fill(template + ".txt", text[split..], values, v => v).Trim('\n') + "\n";
        var content = Fill(template + ".html", Read(template + ".html"), values, Encode);
        var html = Fill("layout.html", Read("layout.html"), new Dictionary<string, string>(values, StringComparer.Ordinal) { ["title"] = subject }, Encode).Replace("<!-- content -->", content, StringComparison.Ordinal);
        return new(subject, body, html);
    }

    private string Read(string file) => files.GetValueOrDefault(file) ?? throw new InvalidOperationException($"The mail template {Path.Combine(folder, file)} is missing.");

    private string Fill(string file, string template, IReadOnlyDictionary<string, string> values, Func<string, string> encode)
    {
        var filled = new StringBuilder(template.Length + 200);
        var number = 0;
        foreach (var line in template.Split('\n'))
        {
            number++;
            var empty = false;
            var text = Name().Replace(line, match =>
            {
                var value = values.GetValueOrDefault(match.Groups["name"].Value) ?? throw Wrong(file, number, $"there is no value named {match.Value}");
                empty |= value.Length == 0;
                return encode(value);
            });
            if (!empty) filled.Append(text).Append('\n');
        }
        return filled.ToString(0, Math.Max(0, filled.Length - 1));
    }

    private static string Encode(string value) => WebUtility.HtmlEncode(value.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal);

    private InvalidOperationException Wrong(string file, int line, string why) => new($"{Path.Combine(folder, file)}, line {line}: {why}.");

    [GeneratedRegex(@"\{\{(?<name>[a-z-]+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
