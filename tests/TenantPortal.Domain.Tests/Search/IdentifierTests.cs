using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class IdentifierTests
{
    private static readonly SearchSnapshot Guides = Of(Among(
        Guide("denied", "Update stops with access denied", "The update fails with 0x80070005 and rolls back."),
        Guide("reset", "Page does not load", "The browser shows ERR_CONNECTION_RESET after a while."),
        Guide("patch", "Install the March update", "Microsoft published KB5034441 for the recovery partition."),
        Guide("sign", "Second factor is asked again", "The page says AADSTS50076 and asks for a code."),
        Guide("boot", "Computer does not start", "Blue screen INACCESSIBLE_BOOT_DEVICE (0x0000007B)."),
        Guide("hosts", "Block a site by hand", @"Edit C:\Windows\System32\drivers\etc\hosts as administrator."),
        Guide("resolv", "Name resolution on Linux", "Look into /etc/resolv.conf first."),
        Guide("exe", "Mail program hangs", "End outlook.exe in the task list."),
        Guide("portal", "Where programs are downloaded", "Open portal.office.com and sign in."),
        Guide("build", "Which build is installed", "Windows 24H2 or 10.0.19045.3803 is expected."),
        Guide("net", "Runtime for the till", "Install .NET 8 before the till."),
        Guide("cpp", "Compiler for C++", "Needed by the lab."),
        Guide("csharp", "Compiler for C#", "Needed by the office."),
        Guide("logon", "Failed logons", "Look for event 4625 in the security log."),
        Guide("cmdlet", "Read a mailbox", "Run Get-Mailbox in the shell.")));

    [Theory]
    [InlineData("0x80070005", "denied")]
    [InlineData("0X80070005", "denied")]
    [InlineData("(0x80070005),", "denied")]
    [InlineData("80070005", "denied")]
    [InlineData("-2147024891", "denied")]
    [InlineData("2147942405", "denied")]
    [InlineData("ERR_CONNECTION_RESET", "reset")]
    [InlineData("connection reset", "reset")]
    [InlineData("err connection reset", "reset")]
    [InlineData("KB5034441", "patch")]
    [InlineData("kb 5034441", "patch")]
    [InlineData("KB-5034441", "patch")]
    [InlineData("5034441", "patch")]
    [InlineData("AADSTS50076", "sign")]
    [InlineData("50076", "sign")]
    [InlineData("0x0000007B", "boot")]
    [InlineData("0x7B", "boot")]
    [InlineData("INACCESSIBLE_BOOT_DEVICE", "boot")]
    [InlineData("inaccessible boot device", "boot")]
    [InlineData(@"C:\Windows\System32\drivers\etc\hosts", "hosts")]
    [InlineData(@"etc\hosts", "hosts")]
    [InlineData("hosts file", "hosts")]
    [InlineData("/etc/resolv.conf", "resolv")]
    [InlineData("resolv.conf", "resolv")]
    [InlineData("outlook", "exe")]
    [InlineData("office portal", "portal")]
    [InlineData("19045.3803", "build")]
    [InlineData("10.0.19045.3803", "build")]
    [InlineData("24H2", "build")]
    [InlineData(".NET 8", "net")]
    [InlineData("C++", "cpp")]
    [InlineData("C#", "csharp")]
    [InlineData("event 4625", "logon")]
    [InlineData("Get-Mailbox", "cmdlet")]
    public void A_name_is_found_in_every_spelling(string query, string id) => Assert.Equal(id, Guides.Search(query).First());

    [Theory]
    [InlineData("0x80070002")]
    [InlineData("KB5034440")]
    [InlineData("AADSTS50077")]
    [InlineData("ERR_CONNECTION_REFUSED")]
    [InlineData("error 0x80070002")]
    public void A_code_that_nobody_has_meets_no_similar_code(string query)
    {
        var answer = Guides.Search(query);
        Assert.Empty(answer.Hits);
        Assert.Single(answer.UnknownCodes);
    }

    [Theory]
    [InlineData("C++", "csharp")]
    [InlineData("C#", "cpp")]
    public void C_with_different_signs_is_a_different_thing(string query, string other) => Assert.DoesNotContain(other, Guides.Search(query).Ids());

    [Fact]
    public void A_known_number_in_a_look_up_is_required() => Assert.Equal(["logon"], Guides.Search("update event 4625").Ids());

    [Fact]
    public void An_unknown_number_is_dropped_visibly()
    {
        var answer = Guides.Search("update fails 4999");
        Assert.Contains("denied", answer.Ids());
        Assert.Equal(["4999"], answer.UnknownCodes);
        Assert.True(answer.IsRelaxed);
    }

    [Fact]
    public void The_whole_code_comes_before_its_parts()
    {
        var guides = Of(Among(Guide("a-parts", "Reset the connection", "err connection reset connection reset"), Guide("b-code", "Browser", "ERR_CONNECTION_RESET")));
        Assert.Equal("b-code", guides.Search("ERR_CONNECTION_RESET").First());
    }
}
