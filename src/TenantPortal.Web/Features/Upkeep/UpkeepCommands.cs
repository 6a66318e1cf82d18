using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Upkeep;

/// <summary>./portal setup and ./portal doctor</summary>
public static class UpkeepCommands
{
    public const string Usage = """
          setup --provider NAME --name NAME --email ADDRESS [--time-zone ZONE]
                                       found the provider and its first operator, and print where that person chooses a
                                       password; refused once there is anybody
          doctor                       look at role, policies, key, jobs, mail, disk and clock; changes nothing, and ends
                                       with 0 when nothing is wrong, with 1 when something is
        """;

    private static readonly string[] SetupOptions = ["--provider", "--name", "--email", "--time-zone"];

    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["doctor"] => DoctorAsync(cancel),
        ["doctor", ..] => throw new InvalidOperationException("doctor takes nothing more."),
        ["setup", .. var options] => SetupAsync(Read(options), cancel),
        _ => throw new InvalidOperationException($"Use one of these:\n{Usage}"),
    };

    private static async Task<int> DoctorAsync(CancellationToken cancel)
    {
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=None"]);
        return await SayAsync(app.Services.GetRequiredService<Doctor>(), Console.Out, cancel) ? 0 : 1;
    }

    /// <summary>Writes each finding in a line; false when something is wrong.</summary>
    public static async Task<bool> SayAsync(Doctor doctor, TextWriter lines, CancellationToken cancel)
    {
        var findings = await doctor.RunAsync(cancel);
        foreach (var finding in findings) await lines.WriteLineAsync($"{(finding.IsWrong ? "WRONG" : "ok"),-6} {finding.What,-9} {finding.Sentence.TrimEnd('.')}.");
        var wrong = findings.Count(f => f.IsWrong);
        await lines.WriteLineAsync(wrong == 0 ? "Nothing is wrong." : $"{wrong} of these must be mended.");
        return wrong == 0;
    }

    private static async Task<int> SetupAsync(Dictionary<string, string> given, CancellationToken cancel)
    {
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        Console.WriteLine(await FoundAsync(app.Services, given, cancel));
        return 0;
    }

    /// <summary>The sentence with the one-time link.</summary>
    public static async Task<string> FoundAsync(IServiceProvider services, IReadOnlyDictionary<string, string> given, CancellationToken cancel)
    {
        string Of(string option) => given.GetValueOrDefault(option) is { Length: > 0 } value ? value.Trim() : throw new InvalidOperationException($"Give {option}.\n{Usage}");
        var (provider, name, email, zone) = (Of("--provider"), Of("--name"), Of("--email"), given.GetValueOrDefault("--time-zone", "Europe/London"));
        if (Infrastructure.Mail.MailHeaders.Address(email) is null) throw new InvalidOperationException($"“{email}” is not a mail address.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new InvalidOperationException($"“{zone}” is not a time zone; write one such as Europe/London.");
        if (services.GetRequiredService<StaffDirectory>().All.Any()) throw new InvalidOperationException("This installation has its people already. An operator invites others under Administration, People.");
        return await services.GetRequiredService<BringInStaff>().FirstAsync(new MspEntry("msp", provider, null, null, zone), name, email, cancel);
    }

    private static Dictionary<string, string> Read(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!SetupOptions.Contains(args[i])) throw new InvalidOperationException($"setup does not know {args[i]}.\n{Usage}");
            if (i + 1 == args.Length || !given.TryAdd(args[i], args[i + 1])) throw new InvalidOperationException($"Give one value after {args[i]}.");
        }
        return given;
    }
}
