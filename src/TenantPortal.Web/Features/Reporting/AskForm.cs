using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Shared;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>One form with its answers: which fields are asked, what is wrong with them, and the answers as lines to read.</summary>
public sealed class AskForm(RequestType type, IReadOnlyDictionary<string, IReadOnlyList<ChipOption>> lists, Func<string, IReadOnlyList<string>> answers, IStringLocalizer<Words> words)
{
    public const int LongestLine = 500, LongestText = 4_000;

    public IReadOnlyList<string> Of(RequestField field) => [.. answers(field.Id).Select(a => CleanText.Of(a).Trim()).Where(a => a.Length > 0)];

    /// <summary>A field that hangs on another is asked only when that one has one of its answers, and is asked itself.</summary>
    public bool IsAsked(RequestField field) =>
        field.WhenField is null || (type.Fields.FirstOrDefault(f => f.Id == field.WhenField) is { } other && IsAsked(other) && Of(other).Any(field.WhenValues.Contains));

    /// <summary>Some field hangs on this one, so that a change of it may bring up others.</summary>
    public bool HasFollowers(RequestField field) => type.Fields.Exists(f => f.WhenField == field.Id);

    public IReadOnlyList<ChipOption> Options(RequestField field) =>
        field.Type is FieldType.Choice or FieldType.Choices ? [.. field.Options.Select(o => new ChipOption(o, o))] : lists.GetValueOrDefault(field.Type.ToString()) ?? [];

    public IReadOnlyList<Problem> Check() => [.. type.Fields.Where(IsAsked).Select(f => (f.Id, Sentence: Wrong(f, Of(f)))).Where(p => p.Sentence is not null).Select(p => new Problem($"f-{p.Id}", p.Sentence!))];

    /// <summary>The message of the ticket: a line for each answer.</summary>
    public string Text() => string.Join('\n', type.Fields.Where(IsAsked).Select(f => (f.Label, Said: string.Join(", ", Of(f).Select(a => Said(f, a))))).Where(l => l.Said.Length > 0).Select(l => $"{l.Label}: {l.Said}").Prepend(type.Title));

    private string Said(RequestField field, string answer) => field.Type switch
    {
        FieldType.Date => DateOnly.ParseExact(answer, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMMM yyyy", CultureInfo.CurrentCulture),
        FieldType.Person or FieldType.Device or FieldType.Software => Options(field).First(o => o.Value == answer).Text,
        FieldType.Text or FieldType.Textarea or FieldType.Choice or FieldType.Choices or FieldType.Email or FieldType.Phone or FieldType.Number or FieldType.Money => answer,
    };

    private string? Wrong(RequestField field, IReadOnlyList<string> given)
    {
        if (given.Count == 0) return field.Required ? words["FieldMissing", field.Label].Value : null;
        if (given.Any(a => a.Length > (field.Type == FieldType.Textarea ? LongestText : LongestLine))) return words["FieldTooLong", field.Label, given.Max(a => a.Length), field.Type == FieldType.Textarea ? LongestText : LongestLine];
        return given.All(a => Fits(field, a)) ? null : words["FieldWrong" + field.Type, field.Label].Value;
    }

    private bool Fits(RequestField field, string answer) => field.Type switch
    {
        FieldType.Text or FieldType.Textarea => true,
        FieldType.Date => DateOnly.TryParseExact(answer, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2200,
        FieldType.Email => MailAddress.TryCreate(answer, out var address) && address.Address == answer && answer.Split('@')[^1].Contains('.', StringComparison.Ordinal),
        FieldType.Phone => answer.Count(char.IsAsciiDigit) is >= 3 and <= 20 && answer.All(c => char.IsAsciiDigit(c) || "+-/() .".Contains(c, StringComparison.Ordinal)),
        FieldType.Number => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        FieldType.Money => decimal.TryParse(answer.TrimStart('£', '€', '$', ' '), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _),
        FieldType.Choice or FieldType.Choices or FieldType.Person or FieldType.Device or FieldType.Software => Options(field).Any(o => o.Value == answer),
    };
}

public sealed record AskedField(RequestField Field, AskForm Form, Problem? Problem);
