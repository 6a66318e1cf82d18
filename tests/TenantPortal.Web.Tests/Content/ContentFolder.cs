using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Tests.Content;

/// <summary>A small, correct pack in a folder of its own, to be broken in one place by each test.</summary>
internal sealed class ContentFolder : IDisposable
{
    public const string Guide = """
        ---
        schema: 1
        id: 11111111-2222-4333-8444-555555555555
        title: Reset your work password
        summary: Choose a new password yourself and sign in again.
        kind: runbook
        lang: en
        category: accounts/password
        symptoms: [I forgot my password]
        audience: [end_user]
        min_tier: 0
        variables:
          account.portal_url: { type: url, required: true, description: Where passwords are changed, example: "https://example.com" }
        minutes: 5
        risk: none
        approval: none
        owner: priya
        review_every: P6M
        ---
        One short paragraph.

        ## Open the password page
        {id: open, on_fail: choose}

        Go to [the password page]({{account.portal_url}}).

        ![The sign-in page](media/page.svg)

        > Expect: A page that asks how you want to confirm that it is you.

        ## Choose a new password
        {id: choose, on_fail: escalate}

        Type it twice.

        > Expect: The words "Your password has been changed".

        """;

    public ContentFolder()
    {
        Write("pack.yml", "schema: 1\nname: small\ntitle: Small\nversion: \"1\"\nlang: en\n");
        Write("runbooks/reset-password.md", Guide);
        Write("media/page.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>");
        Write("triage/categories.yml", "schema: 1\nversion: \"1\"\ncategories:\n  - { id: accounts/password, title: Passwords, queue: service-desk, topic: Signing in, strong: [forgot], words: [password], needs: [device] }\nurgent_words: [down]\nmild_words: [video]\nrisk_tags:\n  - { tag: security, words: [phishing] }\n");
        Write("triage/matrix.yml", "schema: 1\nversion: \"1\"\nimpact: [one, team, site, company]\nurgency: [stopped, slowed, workaround, question]\nmatrix:\n  one: { stopped: P3, slowed: P3, workaround: P4, question: P4 }\n  team: { stopped: P2, slowed: P3, workaround: P3, question: P4 }\n  site: { stopped: P1, slowed: P2, workaround: P3, question: P4 }\n  company: { stopped: P1, slowed: P2, workaround: P2, question: P4 }\n");
        Write("request-types/access.yml", "schema: 1\nid: 21111111-2222-4333-8444-555555555555\ntitle: Access\nsummary: Ask for access.\ncategory: accounts/password\ngroup: People\nicon: key\nfields:\n  - { id: what, label: What, type: choice, options: [Mail, Till], required: true }\n");
        Write("glossary.yml", "schema: 1\nterms:\n  - { term: password, same: [pwd] }\n");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("content-test").FullName;

    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void WriteBytes(string name, byte[] bytes) => File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);

    /// <summary>Replaces one text in a file, which must be there.</summary>
    public void Change(string name, string from, string to)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Path, name));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Write(name, text.Replace(from, to, StringComparison.Ordinal));
    }

    public (Pack? Pack, ContentProblems Problems) Read()
    {
        var problems = new ContentProblems();
        return (new PackFolder(Path, TenantId.New(), problems).Read(), problems);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
