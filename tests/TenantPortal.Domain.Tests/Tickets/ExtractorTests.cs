using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using Xunit;

namespace TenantPortal.Domain.Tests.Tickets;

public sealed class ExtractorTests
{
    private static readonly TenantId Client = TenantId.New();
    private static readonly KnownNames Names = new(
        [new Device { TenantId = Client, Name = "TILL-LEE-02" }, new Device { TenantId = Client, Name = "NWO-LT-014" }],
        [new Site { TenantId = Client, Name = "Leeds Briggate" }],
        [new Software { TenantId = Client, Name = "Kestrel POS", Version = "11.6.2" }]);

    private static string? Read(string text, EnvironmentField field) => Extractor.Read(text, Names)[field];

    [Theory]
    [InlineData("Outlook says \"The set of folders cannot be opened\" at start", "The set of folders cannot be opened")]
    [InlineData("It shows “Host unreachable” again", "Host unreachable")]
    [InlineData("I get an error: The trust relationship between this workstation failed. What now?", "The trust relationship between this workstation failed")]
    [InlineData("The till says Offline mode active", "Offline mode active")]
    [InlineData("Fehlermeldung: Zugriff verweigert auf Laufwerk", "Zugriff verweigert auf Laufwerk")]
    [InlineData("My colleague calls it \"the blue beast\"", null)]
    public void Finds_the_error_as_it_was_written(string text, string? error) => Assert.Equal(error, Read(text, EnvironmentField.Error));

    [Theory]
    [InlineData("error 0x80070035 when mapping", "0x80070035")]
    [InlineData("AADSTS50126 and KB5044284", "AADSTS50126, KB5044284")]
    [InlineData("blue screen INACCESSIBLE_BOOT_DEVICE", "INACCESSIBLE_BOOT_DEVICE")]
    [InlineData("ERR_CONNECTION_RESET in Chrome", "ERR_CONNECTION_RESET")]
    [InlineData("Event ID 4625 in the log", "event 4625")]
    [InlineData("HTTP 503 from the shop", "503")]
    [InlineData("it failed with -2147024891", "-2147024891")]
    [InlineData("error code 691", "691")]
    [InlineData("they hang, then \"KST-4012 waiting for host\"", "KST-4012")]
    [InlineData("Ticket NWO-1042 on NWO-LT-014, 500 pages", null)]
    public void Finds_codes_of_every_kind(string text, string? codes) => Assert.Equal(codes, Read(text, EnvironmentField.Codes));

    [Theory]
    [InlineData("Kestrel POS 11.6.2 hangs", "Kestrel POS", "11.6.2")]
    [InlineData("excel version 2510 (19328.20158) crashes", "Excel", "2510 (19328.20158)")]
    [InlineData("Teams won't open on Windows 11 version 24H2", "Teams", null)]
    [InlineData("In a word, it is on the edge of the desk", null, null)]
    public void Finds_the_program_and_its_version(string text, string? app, string? version)
    {
        Assert.Equal(app, Read(text, EnvironmentField.App));
        Assert.Equal(version, Read(text, EnvironmentField.AppVersion));
    }

    [Theory]
    [InlineData("on Windows 11 24H2 since the update", "Windows 11 24H2")]
    [InlineData("my Mac with macOS 15.5", "macOS 15.5")]
    [InlineData("iOS 18.5 here", "iOS 18.5")]
    [InlineData("the windows are dirty", null)]
    public void Finds_the_operating_system(string text, string? os) => Assert.Equal(os, Read(text, EnvironmentField.Os));

    [Theory]
    [InlineData("tills hanging since lunch", "since lunch")]
    [InlineData("broken since this morning", "since this morning")]
    [InlineData("It started on", null)]
    [InlineData("since Monday nothing prints", "since Monday")]
    [InlineData("began 20 minutes ago", "20 minutes ago")]
    [InlineData("Started about half an hour ago, it was fine", "about half an hour ago")]
    [InlineData("seit gestern geht nichts", "seit gestern")]
    public void Finds_when_it_was_first_seen(string text, string? since) => Assert.Equal(since, Read(text, EnvironmentField.FirstSeen));

    [Fact]
    public void Finds_device_and_site_of_the_client_by_name_with_their_place_in_the_text()
    {
        const string text = "At leeds briggate till-lee-02 has no VPN for everyone after the Windows update, and patient files are open.";
        var found = Extractor.Read(text, Names);
        var device = found.Facts.Single(f => f.Field == EnvironmentField.Device);
        Assert.Equal(("TILL-LEE-02", "till-lee-02"), (device.Value, text.Substring(device.Start, device.Length)));
        Assert.NotNull(found.Device);
        Assert.NotNull(found.Site);
        Assert.Equal("VPN", found[EnvironmentField.Network]);
        Assert.Equal("everyone", found[EnvironmentField.Affected]);
        Assert.Equal("after the Windows update", found[EnvironmentField.LastChange]);
        Assert.Equal(nameof(Sensitivity.Confidential), found[EnvironmentField.Sensitivity]);
        Assert.Null(Extractor.Read("At York till-yor-01", Names).Device);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("A_")]
    [InlineData("“error ")]
    [InlineData("since the the the ")]
    [InlineData("0x")]
    public void No_text_makes_it_slow(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Extractor.Read(text, Names);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "\"15.0.0\"", "Microsoft Edge 142", "Windows 11")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "10.0.0", "Google Chrome 142", "Windows 10")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0", null, "Firefox 144", "Windows 10 or 11")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", null, "Safari 18", "macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", null, "Safari 18", "iOS 18.5")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; SM-A556B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", null, "Google Chrome 142", "Android 15")]
    [InlineData("curl/8.0", null, null, null)]
    public void Guesses_browser_and_system_as_the_browser_tells_them(string agent, string? hint, string? browser, string? os) =>
        Assert.Equal(new BrowserGuess(browser, os), BrowserGuess.Of(agent, hint));
}
