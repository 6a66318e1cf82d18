using System.Globalization;
using TenantPortal.Web.Infrastructure.Data.Privacy;

namespace TenantPortal.Web.Features.Privacy;

/// <summary>./portal person export|erase and ./portal retention</summary>
public static class PrivacyCommands
{
    public const string Usage = """
          person export --client SLUG EMAIL FILE
                                       everything kept about a contact, as a zip (PORTAL_DB_BACKUP)
          person erase --client SLUG EMAIL [--do]
                                       what erasing that contact would change; with --do it is done for good, figures stay (PORTAL_DB_OWNER)
          retention [--client SLUG requests|files|mail DAYS|forever] [--do]
                                       sets how long a client's things are kept; alone, what is over its time, and with --do forgets it (PORTAL_DB_OWNER)
        """;

    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["person", "export", "--client", var slug, var email, var file] => ExportAsync(slug, email, file, cancel),
        ["person", "erase", "--client", var slug, var email] => EraseAsync(slug, email, false, cancel),
        ["person", "erase", "--client", var slug, var email, "--do"] => EraseAsync(slug, email, true, cancel),
        ["retention"] => ForgetAsync(false, cancel),
        ["retention", "--do"] => ForgetAsync(true, cancel),
        ["retention", "--client", var slug, var name, var days] when KeptFor.Classes.Contains(name) => SetAsync(slug, name, days, cancel),
        _ => throw new InvalidOperationException($"Write:\n{Usage}"),
    };

    private static async Task<int> ExportAsync(string slug, string email, string file, CancellationToken cancel)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} exists already.");
        var (person, counted) = await ExportPerson.RunAsync(Setting("PORTAL_DB_BACKUP"), slug, email, file, cancel);
        Console.WriteLine($"{person.Name}: {Said(counted)}. {file}");
        return 0;
    }

    private static async Task<int> EraseAsync(string slug, string email, bool isDone, CancellationToken cancel)
    {
        var (person, counted) = await ErasePerson.RunAsync(Setting("PORTAL_DB_OWNER"), slug, email, isDone, TimeProvider.System.GetUtcNow(), cancel);
        Console.WriteLine(isDone ? $"{person.Name} is erased: {Said(counted)}. Backups from before still hold this person." : $"Erasing {person.Name} would change: {Said(counted)}. Nothing was changed; add --do to do it for good.");
        return 0;
    }

    private static async Task<int> SetAsync(string slug, string name, string days, CancellationToken cancel)
    {
        if (days != "forever" && (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 36_500)) throw new InvalidOperationException($"“{days}” is no number of days from 1 to 36500; write a number, or forever.");
        await KeptFor.SetAsync(Setting("PORTAL_DB_OWNER"), slug, name, days == "forever" ? null : int.Parse(days, CultureInfo.InvariantCulture), cancel);
        Console.WriteLine(days == "forever" ? $"{slug}: {name} are kept for good." : $"{slug}: {name} are kept for {days} days. ./portal retention shows what is over its time; run it with --do each night.");
        return 0;
    }

    private static async Task<int> ForgetAsync(bool isDone, CancellationToken cancel)
    {
        var told = await KeptFor.RunAsync(Setting("PORTAL_DB_OWNER"), isDone, TimeProvider.System.GetUtcNow(), cancel);
        if (told.Count == 0) Console.WriteLine("No client has a time set: everything is kept for good.");
        foreach (var (client, name, days, counted) in told) Console.WriteLine($"{client}, {name} older than {days} days: {Said(counted)}");
        if (!isDone && told.Count > 0) Console.WriteLine("Nothing was changed; add --do to forget it for good.");
        return 0;
    }

    private static string Said(IReadOnlyList<(string What, long Rows)> counted) => counted.Count == 0 ? "nothing" : string.Join(", ", counted.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Rows} {c.What}")));

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : throw new InvalidOperationException($"{name} is not set. Give the connection string of that role (docs/install.md); only this command uses it.");
}
