using TenantPortal.Bench.Retrieval;

return args switch
{
    ["retrieval", .. var rest] => RetrievalCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench retrieval CORPUS.jsonl QUERIES.jsonl --qrels QRELS.tsv [--scoped]");
    return 2;
}
