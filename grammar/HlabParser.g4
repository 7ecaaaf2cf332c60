// The grammar of hlab. Tokens come from compiler/syntax/scanner.cpp, which decides all that depends on
// context; so every decision here needs one token, and the actions build the Ast as they go.
// No tree is kept.
parser grammar HlabParser;

options { language = Cpp; superClass = LightParser; }

tokens {
  NEWLINE, NAME, STRING, STRING_BEGIN, STRING_MIDDLE, STRING_END,
  INTEGER, FLOATING, DOMAIN_LITERAL, REGEX, TRUE_, FALSE_,
  IF, THEN, ELSE, MATCH, FOR, IN_, IS, AND, OR, NOT, WHERE, HAS, ALL, ONLY, BECAUSE, UNSET,
  KIND, RECORD, FN, DEFAULT, POLICY, CHECK, ALLOW, PLANNED, EDITION, FINAL,
  IMPORT, PRIVATE, SITE, WITHOUT, OVERRIDE, TEST, EXPECT, MOVED, OFFERS, DEPRECATED, ASSERT,
  MODULE_PATH, OF, FROM, NO, PATH, STEP, REASON, AS, AT, BY, SECRET,
  MAP,
  LEFT_BRACE, BLOCK_OPEN, RIGHT_BRACE, LEFT_BRACKET, RIGHT_BRACKET, LEFT_PAREN, RIGHT_PAREN,
  ASSIGN, APPEND, COLON, COMMA, DOT, RANGE, ELLIPSIS, QUESTION, PIPE, AMPERSAND, ARROW, FAT_ARROW,
  PLUS, MINUS, STAR, SLASH, PERCENT, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL,
  COALESCE, SELF, UNEXPECTED, MISSING
}

@parser::postinclude {
#include "compiler/syntax/builder.h"
#include "compiler/syntax/light_parser.h"
}

@parser::members {
  hlab::syntax::Builder* build = nullptr;
}

// --- entries: declarations, and what stands in bodies -----------------------------------------------

entry returns [hlab::syntax::EntryId id]
locals [hlab::syntax::Builder::Frame frame]
@init { $frame = build->begin_entry(_input->LT(1)); }
  : EDITION INTEGER                                    { $id = build->edition($frame, $INTEGER); }
  | IMPORT (u=MODULE_PATH | u=STRING)                  { build->import_path($frame, $u); }
      (AS a=NAME { build->import_alias($frame, $a); })? { $id = build->whole($frame); }
  | d=definition[$frame]                               { $id = $d.id; }
  | PRIVATE                                            { build->hide($frame); }
      h=hidden[$frame]                                 { $id = $h.id; }
  | SITE n=NAME OF o=NAME b=body                       { $id = build->site($frame, $n, $o, $b.range); }
  | WITHOUT k=names (n=NAME | n=STRING)                { $id = build->without($frame, $k.range, $n); }
  | OVERRIDE steps[$frame] o1=expr ARROW e=expr        { $id = build->override_value($frame, $o1.id, $e.id); }
  | TEST s=STRING b=body                               { $id = build->test($frame, $s, $b.range); }
  | EXPECT c1=expr                                     { build->expect_value($frame, $c1.id); }
      (COMMA m1=expr { build->expect_message($frame, $m1.id); })? { $id = build->whole($frame); }
  | MOVED FROM ( (n=NAME | n=STRING)                   { $id = build->moved($frame, $n); }
               | old=interpolation                     { $id = build->moved_key($frame, $old.id); } )
  | OFFERS n=NAME LEFT_PAREN p=parameters RIGHT_PAREN COLON q=names { build->offer($frame, $n, $p.range, $q.range); }
      (b=body { build->instance_body($frame, $b.range); })? { $id = build->whole($frame); }
  | DEPRECATED n=NAME deprecation[$frame, $n]
      (s=REASON { build->reason($frame, $s); })?       { $id = build->whole($frame); }
  | ASSERT (NO { build->negate($frame); })? w1=PATH    { build->assertion($frame, $w1); }
      f=names ARROW t1=names                           { build->assert_path($frame, $f.range, $t1.range); }
      (BECAUSE s=STRING { build->reason($frame, $s); })? { $id = build->whole($frame); }
  | DEFAULT k=names b=body                             { $id = build->defaults($frame, $k.range, $b.range); }
  | POLICY n=NAME b=body                               { $id = build->policy($frame, $n, $b.range); }
  | PLANNED k=names                                    { build->planned($frame); build->base($frame, $k.range); }
      instanceRest[$frame]                             { $id = build->instance($frame); }
  | FINAL n=NAME COLON                                 { build->final_field($frame); }
      fieldRest[$frame]                                { $id = build->field($frame, $n); }
  | CHECK c=checkCondition[$frame] COMMA m=expr        { build->check_message($frame, $c.id, $m.id); }
      (AT path[$frame])?                               { $id = build->check($frame); }
  | ALLOW (n=NAME | n=INTEGER) s=STRING                { $id = build->allow($frame, $n, $s); }
  | UNSET path[$frame]                                 { $id = build->unset($frame); }
  | ELLIPSIS e=expr                                    { $id = build->spread_entry($frame, $e.id); }
  | loopHead[$frame] bl=block                          { $id = build->loop($frame, $bl.range); }
  | i=branch                                           { $id = $i.id; }
  | s=STRING                                           { build->segment($frame, $s); }
      pathRest[$frame] pathAction[$frame]              { $id = build->path_entry($frame); }
  | is=interpolation                                   { build->computed_segment($frame, $is.id); }
      pathRest[$frame] pathAction[$frame]              { $id = build->path_entry($frame); }
  | n=NAME namedRest[$frame, $n]                       { $id = build->named($frame); }
  ;

// What gets a name in its module: `private` may stand before it.
definition[hlab::syntax::Builder::Frame frame] returns [hlab::syntax::EntryId id]
  : KIND n=NAME isClause[$frame] b=body                { $id = build->kind($frame, false, $n, $b.range); }
  | RECORD n=NAME isClause[$frame] b=body              { $id = build->kind($frame, true, $n, $b.range); }
  | FN n=NAME LEFT_PAREN p=parameters RIGHT_PAREN (ARROW t=type { build->result_type($frame, $t.id); })?
      ASSIGN e=expr                                    { $id = build->function($frame, $n, $p.range, $e.id); }
  ;

hidden[hlab::syntax::Builder::Frame frame] returns [hlab::syntax::EntryId id]
  : d=definition[$frame]                               { $id = $d.id; }
  | (PLANNED { build->planned($frame); })? k=names     { build->base($frame, $k.range); }
      instanceRest[$frame]                             { $id = build->instance($frame); }
  ;

// `override a.b OLD -> NEW`: the scanner parts the dots of the path from one that begins OLD.
steps[hlab::syntax::Builder::Frame frame]
  : firstSegment[$frame] (STEP firstSegment[$frame])*  { build->override_path($frame); }
  ;

deprecation[hlab::syntax::Builder::Frame frame, antlr4::Token* name]
  : ARROW n=NAME                                       { build->renamed($frame, $name, $n); }
  | COLON                                              { build->deprecated_field($frame, $name); }
      fieldRest[$frame]
  ;

// After the first name of an entry, the next token says what it is; behind a path the one after that.
namedRest[hlab::syntax::Builder::Frame frame, antlr4::Token* first]
  : COLON                                              { build->is_field($frame, $first); }
      fieldRest[$frame]
  |                                                    { build->segment($frame, $first); }
      (pathRest[$frame]
        ( pathAction[$frame]                           { build->is_path($frame); }
        |                                              { build->head($frame); }
          (instanceRest[$frame])                       { build->is_instance($frame); } ))
  ;

instanceRest[hlab::syntax::Builder::Frame frame]
  : ( n=NAME                                           { build->instance_name($frame, $n); }
    | s=STRING                                         { build->instance_name($frame, $s); }
    | is=interpolation                                 { build->instance_key($frame, $is.id); }
    ) (COLON p=names { build->refined($frame, $p.range); })?
    (b=body { build->instance_body($frame, $b.range); })?
  ;

fieldRest[hlab::syntax::Builder::Frame frame]
  : t=type                                             { build->field_type($frame, $t.id); }
    (ASSIGN e=expr { build->field_default($frame, $e.id); })?
  ;

path[hlab::syntax::Builder::Frame frame]
  : firstSegment[$frame] pathRest[$frame]
  ;

firstSegment[hlab::syntax::Builder::Frame frame]
  : n=NAME                                             { build->segment($frame, $n); }
  | s=STRING                                           { build->segment($frame, $s); }
  | is=interpolation                                   { build->computed_segment($frame, $is.id); }
  ;

pathRest[hlab::syntax::Builder::Frame frame]
  : (DOT firstSegment[$frame])*
  ;

pathAction[hlab::syntax::Builder::Frame frame]
  : ASSIGN e=expr                                      { build->set($frame, $e.id); }
  | APPEND e=expr                                      { build->append($frame, $e.id); }
  | b=body                                             { build->refine_block($frame, $b.range); }
  ;

checkCondition[hlab::syntax::Builder::Frame frame] returns [hlab::syntax::ExprId id]
  : e=expr { $id = $e.id; } (COLON { build->check_rule($frame, $e.id); } f=expr { $id = $f.id; })?
  ;

// Of a head that is wrong the body is read all the same.
loopHead[hlab::syntax::Builder::Frame frame]
  : FOR v1=NAME (COMMA v2=NAME)?                       { build->loop_variables($frame, $v1, $v2); }
    IN_ e=expr                                         { build->loop_list($frame, $e.id); }
    (WHERE w=expr { build->loop_where($frame, $w.id); })?
    (AS a=NAME { build->loop_alias($frame, $a); })?
  ;

branchHead[hlab::syntax::Builder::Frame frame]
  : IF c=expr                                          { build->branch_head($frame, $c.id); }
  ;

branch returns [hlab::syntax::EntryId id]
locals [hlab::syntax::Builder::Frame frame]
@init { $frame = build->begin_entry(_input->LT(1)); build->enter(_input->LT(1)); }
  : branchHead[$frame] b=block                         { build->branch_body($frame, $b.range); }
    ( ELSE ( e=elseBlock                               { build->else_body($frame, $e.range); }
           | i=branch                                  { build->else_if($frame, $i.id); } ) )?
                                                       { $id = build->branch($frame); }
  ;
  finally { build->leave(); }

isClause[hlab::syntax::Builder::Frame frame]
  : (IS p=names { build->base($frame, $p.range); })?
  ;

names returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_names(); }
  : n=NAME { build->name($n); } (DOT m=NAME { build->name($m); })* { $range = build->take_names($mark); }
  ;

body returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_entries(); }
  : LEFT_BRACE (NEWLINE | e=entry { build->add_entry($e.id); })* RIGHT_BRACE
                                                       { $range = build->take_entries($mark); }
  ;

block returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_entries(); }
  : BLOCK_OPEN (NEWLINE | e=entry { build->add_entry($e.id); })* RIGHT_BRACE
                                                       { $range = build->take_entries($mark); }
  ;

elseBlock returns [hlab::Range range]
  : b=body { $range = $b.range; }
  ;

parameters returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_parameters(); }
  : (parameter (COMMA parameterOrEnd)*)? { $range = build->take_parameters($mark); }
  ;

parameterOrEnd
  : parameter
  |                                                    { build->no_more(_input->LT(1)); }
  ;

parameter
  : n=NAME COLON t=type { build->parameter($n, $t.id); } (ASSIGN e=expr { build->parameter_default($e.id); })?
  ;

// --- types ------------------------------------------------------------------------------------------

type returns [hlab::syntax::TypeNodeId id]
locals [std::size_t mark]
@init { $mark = build->mark_types(); }
  : a=typePostfix { build->add_type($a.id); } (PIPE b=typePostfix { build->add_type($b.id); })*
    { $id = build->union_type($mark); }
  ;

typePostfix returns [hlab::syntax::TypeNodeId id]
  : a=typeAtom { $id = $a.id; } (q=QUESTION { $id = build->optional_type($id, $q); })?
      ( AT n=NAME { build->reference_mode($id, $n); } | BY n=NAME { build->reference_mode($id, $n); } )?
  ;

typeAtom returns [hlab::syntax::TypeNodeId id]
@init { build->enter(_input->LT(1)); }
  : s=SECRET a=typeAtom                                { $id = build->secret_type($s, $a.id); }
  | LEFT_PAREN t=type RIGHT_PAREN                      { $id = $t.id; }
  | l=LEFT_BRACKET t=type r=RIGHT_BRACKET              { $id = build->list_type($l, $t.id, $r); }
      typeLength[$id]
  | m=MAP LESS t=type (COMMA v=type { $id = build->map_type($m, $v.id, $t.id); }
      | { $id = build->map_type($m, $t.id, hlab::syntax::TypeNodeId()); }) GREATER typeLength[$id]
  | a1=AMPERSAND p=names { $id = build->reference_type($a1, $p.range); }
  | p=names { $id = build->named_type($p.range); }
      (LEFT_PAREN typeArguments[$id] r=RIGHT_PAREN { build->close_type($id, $r); })?
  | x=MISSING                                          { $id = build->missing_type($x); }
  ;
  finally { build->leave(); }

typeLength[hlab::syntax::TypeNodeId owner]
  : (LEFT_PAREN bounds[$owner] r=RIGHT_PAREN { build->close_type($owner, $r); })?
  ;

typeArguments[hlab::syntax::TypeNodeId owner]
  : x=REGEX                                            { build->type_pattern($owner, $x); }
      (COMMA bounds[$owner])?
  | bounds[$owner]
  | t=payloadType                                      { build->type_payload($owner, $t.id); }
  | d=DOT p=names                                      { build->type_pool($owner, $d, $p.range); }
  ;

bounds[hlab::syntax::TypeNodeId owner]
  : lo=bound RANGE                                     { build->type_low($owner, $lo.id); }
      (hi=bound                                        { build->type_high($owner, $hi.id); }
      )?
  | RANGE hi=bound                                     { build->type_high($owner, $hi.id); }
  ;

bound returns [hlab::syntax::ExprId id]
  : (i=INTEGER | i=FLOATING | i=DOMAIN_LITERAL)        { $id = build->literal($i); }
  | m=MINUS (i=INTEGER | i=FLOATING | i=DOMAIN_LITERAL) { $id = build->negative($m, $i); }
  ;

payloadType returns [hlab::syntax::TypeNodeId id]
  : t=type { $id = $t.id; }
  ;

// --- expressions ------------------------------------------------------------------------------------

expr returns [hlab::syntax::ExprId id]
@init { build->enter(_input->LT(1)); }
  : o=operation { $id = $o.id; }
  ;
  finally { build->leave(); }

operation returns [hlab::syntax::ExprId id]
locals [hlab::syntax::Builder::Operators ops]
@init { $ops = build->begin_operators(); }
  : operand (binary operand)* (BECAUSE s=STRING { build->because($s); })?
                                                       { $id = build->end_operators($ops); }
  ;

binary
  : ( o=PLUS | o=MINUS | o=STAR | o=SLASH | o=PERCENT | o=EQUAL | o=NOT_EQUAL | o=LESS | o=LESS_EQUAL
    | o=GREATER | o=GREATER_EQUAL | o=AND | o=OR | o=COALESCE | o=RANGE | o=IN_ ) { build->operator_($o); }
  | o=NOT IN_                                          { build->operator_not_in($o); }
  ;

operand
  : ( n=NOT { build->prefix($n); } | n=MINUS { build->prefix($n); }
    | k1=IF c=expr THEN y=expr ELSE { build->conditional($k1, $c.id, $y.id); } )*
    ( p=postfix { build->operand($p.id); } | k=HAS p=postfix { build->operand(build->has($k, $p.id)); } )
    (IS m=names { build->is($m.range); }
      (LEFT_PAREN b=NAME r=RIGHT_PAREN { build->is_binding($b, $r); })?)*
  ;

postfix returns [hlab::syntax::ExprId id]
  : p=primary { $id = $p.id; }
    ( DOT n=memberName { $id = build->member($id, $n.token); }
    | LEFT_BRACKET e=expr r=RIGHT_BRACKET { $id = build->index($id, $e.id, $r); }
    | LEFT_PAREN a=arguments r=RIGHT_PAREN { $id = build->call($id, $a.range, $r); }
    | b=body { $id = build->refine($id, $b.range, _input->LT(-1)); }
    | o=MISSING { $id = build->missing($o); }
    )*
  ;

memberName returns [antlr4::Token* token]
  : n=NAME { $token = $n; }
  ;

arguments returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_arguments(); }
  : (argument (COMMA argumentOrEnd)*)? { $range = build->take_arguments($mark); }
  ;

argumentOrEnd
  : argument
  |                                                    { build->no_more(_input->LT(1)); }
  ;

argument
  : e=expr { build->argument($e.id); } (a=ASSIGN v=expr { build->named_argument($e.id, $v.id); })?
  ;

primary returns [hlab::syntax::ExprId id]
  : t=NAME                                             { $id = build->name_expr($t); }
  | t=INTEGER                                          { $id = build->literal($t); }
  | t=FLOATING                                         { $id = build->literal($t); }
  | t=DOMAIN_LITERAL                                   { $id = build->literal($t); }
  | t=TRUE_                                            { $id = build->boolean($t, true); }
  | t=FALSE_                                           { $id = build->boolean($t, false); }
  | t=STRING                                           { $id = build->string($t); }
  | i=interpolation                                    { $id = $i.id; }
  | d=DOT n=NAME                                       { $id = build->self_field($d, $n); }
  | d=SELF                                             { $id = build->self($d); }
  | LEFT_PAREN e=expr RIGHT_PAREN                      { $id = build->parenthesised($e.id); }
  | l=LEFT_BRACKET li=listItems r=RIGHT_BRACKET        { $id = build->list($l, $li.head, $r); }
  | b=LEFT_BRACE tr=treeBody                           { $id = build->tree($b, $tr.range, _input->LT(-1)); }
  | k=MATCH s=expr BLOCK_OPEN a=arms r=RIGHT_BRACE     { $id = build->match($k, $s.id, $a.range, $r); }
  | k=ALL n=NAME                                       { $id = build->all($k, $n); }
  | k=ONLY b=LEFT_BRACE tr=treeBody                    { $id = build->only($k, $b, $tr.range, _input->LT(-1)); }
  | t=MISSING                                          { $id = build->missing($t); }
  ;

treeBody returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_entries(); }
  : (NEWLINE | e=entry { build->add_entry($e.id); })* RIGHT_BRACE { $range = build->take_entries($mark); }
  ;

listItems returns [hlab::syntax::Builder::ListHead head]
locals [std::size_t mark]
@init { $mark = build->begin_list(); }
  : ( listItem ( clauses[$mark] | (COMMA listItemOrEnd)* ) )?
    { $head = build->take_list($mark); }
  ;

listItemOrEnd
  : listItem
  |                                                    { build->no_more(_input->LT(1)); }
  ;

listItem
  : e=expr                                             { build->list_item($e.id); }
  | x=ELLIPSIS e=expr                                  { build->list_spread($x, $e.id); }
  ;

clauses[std::size_t mark]
  : clauseFor (clauseFor | clauseWhere)*
  ;

clauseFor
  : f=FOR n=NAME (COMMA m=NAME)? IN_ e=expr            { build->for_clause($f, $n, $m, $e.id); }
  ;

clauseWhere
  : w=WHERE c=expr                                     { build->where_clause($w, $c.id); }
  ;

arms returns [hlab::Range range]
locals [std::size_t mark]
@init { $mark = build->mark_arms(); }
  : armOrEnd (NEWLINE armOrEnd | COMMA { build->no_more(_input->LT(1)); } armOrEnd)* { $range = build->take_arms($mark); }
  ;

armOrEnd
  : arm
  |
  ;

arm
  : k=names { build->arm_tag($k.range); } (LEFT_PAREN b=NAME RIGHT_PAREN { build->arm_binding($b); })?
      FAT_ARROW e=expr { build->arm_value($e.id); }
  | l=armLiteral FAT_ARROW e=expr                      { build->arm_literal($l.id, $e.id); }
  ;

armLiteral returns [hlab::syntax::ExprId id]
  : t=INTEGER                                          { $id = build->literal($t); }
  | t=DOMAIN_LITERAL                                   { $id = build->literal($t); }
  | m=MINUS (t=INTEGER | t=DOMAIN_LITERAL)             { $id = build->negative($m, $t); }
  | t=STRING                                           { $id = build->string($t); }
  | t=TRUE_                                            { $id = build->boolean($t, true); }
  | t=FALSE_                                           { $id = build->boolean($t, false); }
  ;

interpolation returns [hlab::syntax::ExprId id]
locals [std::size_t mark]
@init { $mark = build->mark_list(); }
  : b=STRING_BEGIN                                     { build->text_part($b); }
    e=expr                                             { build->list_item($e.id); }
    (m=STRING_MIDDLE { build->text_part($m); } f=expr { build->list_item($f.id); })*
    z=STRING_END                                       { build->text_part($z); $id = build->interpolation($b, $mark, $z); }
  ;
